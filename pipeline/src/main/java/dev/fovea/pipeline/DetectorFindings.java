package dev.fovea.pipeline;

import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.graph.SizeInputs;
import dev.fovea.model.graph.TensorSpec;
import dev.fovea.model.outputs.BatchAxis;
import dev.fovea.model.outputs.CompatibilityCheck;
import dev.fovea.model.outputs.DecoderFinding;
import dev.fovea.model.outputs.DecoderRecognition;
import dev.fovea.model.outputs.DetectorLabels;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.validation.DecoderResolver;
import dev.fovea.runtime.validation.DecoderTrial;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Recognizes the decoder of a detector from its graph and, where that is not enough, from trial runs. */
final class DetectorFindings {

    private final SizeInputs.Fed fed;
    private final Collection<byte[]> images;
    private final Engine engine;
    private Optional<DecoderFinding> finding = Optional.empty();

    /**
     * Findings about a model.
     *
     * @param images encoded images for trial runs
     */
    DetectorFindings(OnnxModel model, Collection<byte[]> images, Engine engine) {
        this.fed = SizeInputs.feed(BatchAxis.ofOnlyInput(model));
        this.images = images;
        this.engine = engine;
    }

    /** The decoder that the graph shows. */
    Optional<DecoderFinding> of(List<String> labels) {
        finding = DecoderRecognition.find(fed, labels.size())
                .or(() -> DecoderRecognition.find(fed, DetectorLabels.objects(labels)));
        return finding;
    }

    /** The model with the image as its only input. */
    OnnxModel single() {
        return fed.model();
    }

    /** The values of the size inputs, by name. */
    Map<String, String> fed() {
        return fed.fed();
    }

    /**
     * The decoder after trial runs, where they add to the graph.
     *
     * @param known the decoder as found in the graph
     * @throws dev.fovea.fault.FoveaException as of {@link DecoderResolver#resolve}
     */
    Optional<DecoderResolver.ResolvedDecoder> resolved(
            Postprocessing known, PreprocessingContract contract, List<String> labels) {
        if (finding.isEmpty()
                || !(known instanceof Postprocessing.Decoding(DecoderConfig decoder))
                || !DecoderResolver.isApplicable(decoder)) {
            return Optional.empty();
        }
        OnnxModel model = BatchAxis.ofOne(fed.model(), decoder);
        CompatibilityCheck.check(model, Optional.of(contract), known, labels);
        DecoderFinding found = new DecoderFinding(
                decoder, finding.get().family(), finding.get().open());
        return Optional.of(DecoderResolver.resolve(
                found, DecoderTrial.run(engine, model.bytes(), contract, images), labels.size()));
    }

    /** The example file to start from where the graph shows no decoder. */
    static String example(OnnxModel model) {
        List<TensorSpec> outputs = model.outputs();
        boolean boxes = outputs.stream().anyMatch(output -> last(output) == 4);
        boolean rows = outputs.size() == 1 && last(outputs.getFirst()) == 6;
        return "docs/examples/%s-decoder.json"
                .formatted(rows ? "end-to-end" : boxes && outputs.size() > 2 ? "detections" : "yolox-nano");
    }

    private static long last(TensorSpec output) {
        return output.axes().isEmpty() ? -1 : output.axes().getLast().fixed().orElse(-1L);
    }
}
