package dev.fovea.pipeline.quantization;

import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.TensorFormat;
import dev.fovea.model.Bundle;
import dev.fovea.model.GoldenVector;
import dev.fovea.model.Lineage;
import dev.fovea.model.Manifest;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.ScratchDirectory;
import dev.fovea.quantize.NetworkEvaluator;
import dev.fovea.registry.ModelVersion;
import dev.fovea.runtime.validation.GoldenTest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Networks on their way to a version: as bundles beside the original, with its golden images and their own answers. */
final class QuantizationCandidates {

    private final JobTools workshop;
    private final Bundle original;
    private final ModelVersion parent;
    private final Map<String, byte[]> golden = new TreeMap<>();

    QuantizationCandidates(JobTools workshop, Bundle original, ModelVersion parent) {
        this.workshop = workshop;
        this.original = original;
        this.parent = parent;
        original.manifest().golden().forEach(vector -> golden.put(vector.image(), original.goldenImage(vector)));
    }

    Map<String, byte[]> golden() {
        return golden;
    }

    NetworkEvaluator judge(CandidateEvaluator exam) {
        return candidate -> with(candidate, exam::judge);
    }

    /** Lends a network as a bundle that is gone afterwards. */
    <T> T with(OnnxModel network, Function<Bundle, T> user) {
        try (ScratchDirectory directory = new ScratchDirectory(workshop.scratch())) {
            return user.apply(Bundle.write(
                    directory.resolve("candidate"),
                    manifest(network, Optional.empty(), Map.of()),
                    network.bytes(),
                    golden));
        }
    }

    Manifest manifest(OnnxModel network, Optional<String> evaluation, Map<String, String> settings) {
        Manifest old = original.manifest();
        PreprocessingContract contract = widened(old.contract().orElseThrow());
        List<GoldenVector> vectors =
                GoldenTest.make(workshop.engine(), network.bytes(), contract, old.postprocessing(), golden);
        Lineage lineage = new Lineage(
                old.lineage().dataset(),
                parent.id().toString(),
                settings,
                workshop.origin().codeVersion(),
                workshop.origin().machine(),
                0);
        return new Manifest(
                old.name(),
                old.labels(),
                Optional.of(contract),
                old.postprocessing(),
                evaluation,
                lineage,
                vectors,
                new TreeMap<>());
    }

    /** A quantized network of a half-precision one takes single precision. */
    static PreprocessingContract widened(PreprocessingContract contract) {
        return contract.tensor().type() == TensorFormat.ElementType.FLOAT16
                ? contract.withType(TensorFormat.ElementType.FLOAT32)
                : contract;
    }
}
