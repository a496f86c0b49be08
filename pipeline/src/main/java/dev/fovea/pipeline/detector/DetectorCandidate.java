package dev.fovea.pipeline.detector;

import dev.fovea.datasets.Split;
import dev.fovea.evaluation.detection.DetectionReport;
import dev.fovea.model.GoldenVector;
import dev.fovea.model.Lineage;
import dev.fovea.model.Manifest;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.pipeline.evaluation.DetectorEvaluation.ImageWithBoxes;
import dev.fovea.pipeline.jobs.CandidateModel;
import dev.fovea.pipeline.jobs.Provenance;
import dev.fovea.training.TrainingEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A detector that is not registered yet.
 *
 * @param start the network that it was learned from
 * @param learning how the steps ended
 * @param golden images by their names in the bundle
 */
record DetectorCandidate(
        DetectorSpec spec,
        BoxedImages images,
        StartingDetector start,
        byte[] onnx,
        TrainingEvent.Finished learning,
        Map<String, byte[]> golden) {

    private static final int GOLDEN_IMAGES = 3;

    Postprocessing postprocessing() {
        return new Postprocessing.Decoding(start.form().decoder());
    }

    /** The images that it is judged with. */
    List<ImageWithBoxes> tested() {
        return images.version().on(Split.TEST).stream()
                .map(item -> new ImageWithBoxes(images.boxes(item), item.contentHash(), item.path()))
                .toList();
    }

    /** Test images with boxes. */
    static Map<String, byte[]> golden(BoxedImages images) {
        Map<String, byte[]> golden = new TreeMap<>();
        images.version().on(Split.TEST).stream()
                .filter(item -> !images.boxes(item).boxes().isEmpty())
                .limit(GOLDEN_IMAGES)
                .forEach(item -> golden.put(
                        item.contentHash().substring(0, 16)
                                + item.format().extensions().getFirst(),
                        CandidateModel.read(images.file(item))));
        return golden;
    }

    Manifest manifest(Provenance origin, List<GoldenVector> vectors, Optional<String> evaluation) {
        return new Manifest(
                spec.name(),
                images.labels(),
                Optional.of(start.contract()),
                postprocessing(),
                evaluation,
                new Lineage(
                        images.version().id(),
                        spec.backbone().name(),
                        described(),
                        origin.codeVersion(),
                        origin.machine(),
                        learning.seconds()),
                vectors,
                new TreeMap<>());
    }

    private Map<String, String> described() {
        Map<String, String> described = new TreeMap<>(spec.described());
        described.put("detector", start.kind());
        described.put("edge", Integer.toString(start.form().input().width()));
        described.put("boxes_sha256", images.boxesHash());
        described.put("epochs_run", Integer.toString(learning.epochs()));
        described.put("steps_run", learning.steps());
        return described;
    }

    /** The figures that lists of versions show. */
    static Map<String, Double> metrics(DetectionReport report) {
        return new HashMap<>(Map.of(
                "map50", report.map50().value(),
                "map50_low", report.map50().low(),
                "map50_high", report.map50().high(),
                "map50_to95", report.map50To95().value(),
                "map50_to95_low", report.map50To95().low(),
                "map50_to95_high", report.map50To95().high()));
    }
}
