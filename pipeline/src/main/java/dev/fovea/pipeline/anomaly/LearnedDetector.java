package dev.fovea.pipeline.anomaly;

import dev.fovea.datasets.DatasetVersion.Item;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.anomaly.AnomalyDistance;
import dev.fovea.model.anomaly.AnomalyGraph;
import dev.fovea.model.anomaly.AnomalyMap;
import dev.fovea.model.anomaly.AnomalyScale;
import dev.fovea.model.anomaly.FeatureGrid;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.ScratchDirectory;
import dev.fovea.statistics.anomaly.FalseAlarmThreshold;
import dev.fovea.statistics.anomaly.UnusualScores;
import java.nio.file.Path;
import java.util.List;

/**
 * A detector that has learned what good images look like.
 *
 * @param network with the outputs of {@link AnomalyGraph}
 * @param threshold of its scores
 */
record LearnedDetector(OnnxModel network, FalseAlarmThreshold threshold) {

    /** Beyond what good images scatter; the log scores of good images are roughly normal. */
    private static final double UNUSUAL = 5;

    private static final int NAMED = 10;

    /**
     * Learns.
     *
     * @throws FoveaException {@code DATASET_INVALID} for good images that are all equal, and for some that look
     *     anomalous among the others
     */
    static LearnedDetector learn(
            JobTools tools, AnomalySpec spec, GoodImages images, BackboneGrid place, AnomalyListener listener) {
        FeatureGrid grid = place.grid();
        AnomalyGraph graph = new AnomalyGraph(spec.backbone().model(), grid);
        List<Item> good = images.learned();
        Learned learned;
        try (ScratchDirectory directory = new ScratchDirectory(tools.scratch());
                FeatureFile features = new FeatureFile(
                        directory.resolve("features"),
                        good.size(),
                        grid.places(),
                        grid.dimensions().size())) {
            read(tools, graph.features(), place, images, features, listener);
            learned = learned(spec.settings(), features, new AnomalyMap(grid.grid(), grid.input()));
        }
        double[] scores = learned.scores();
        requireDifferent(images, scores);
        requireGood(spec, good, scores, listener);
        FalseAlarmThreshold threshold =
                FalseAlarmThreshold.of(scores, spec.settings().falseAlarms());
        AnomalyScale scale = AnomalyScale.of(
                threshold.threshold(),
                UnusualScores.median(scores),
                spec.settings().falseAlarms());
        return new LearnedDetector(graph.detector(learned.distance(), scale), threshold);
    }

    /** What all images gave, and the scores of each by the others. */
    private record Learned(AnomalyDistance distance, double[] scores) {}

    private static Learned learned(AnomalySpec.AnomalySettings settings, FeatureFile features, AnomalyMap map) {
        return switch (settings.method()) {
            case PADIM -> {
                LearnedGaussians learned = LearnedGaussians.of(features, map);
                yield new Learned(learned.gaussians(), learned.scores());
            }
            case PATCHCORE -> {
                LearnedBank learned = LearnedBank.of(features, map, settings.seed());
                yield new Learned(learned.bank(), learned.scores());
            }
        };
    }

    private static void read(
            JobTools tools,
            OnnxModel network,
            BackboneGrid place,
            GoodImages images,
            FeatureFile features,
            AnomalyListener listener) {
        List<Path> files = images.learned().stream().map(images::file).toList();
        try (FileNetwork running = new FileNetwork(tools, network, place.contract())) {
            running.each(
                    files,
                    (image, outputs) -> features.put(image, outputs.getFirst().floats()),
                    (done, total) -> listener.at(
                            "train", done, total, "features of %d of %d good images".formatted(done, total)));
        }
    }

    /** A scale needs scores that differ. */
    private static void requireDifferent(GoodImages images, double[] scores) {
        double median = UnusualScores.median(scores);
        double largest = java.util.Arrays.stream(scores).max().orElse(0);
        if (!(largest > median * (1 + 1e-6))) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "The %d good images of %s all look the same to the backbone, so that no threshold can be found. Use images as the camera takes them."
                            .formatted(scores.length, images.folder()));
        }
    }

    private static void requireGood(AnomalySpec spec, List<Item> good, double[] scores, AnomalyListener listener) {
        List<String> unusual = UnusualScores.of(scores, UNUSUAL).stream()
                .map(place -> good.get(place).path())
                .toList();
        if (unusual.isEmpty()) {
            return;
        }
        String named = String.join(", ", unusual.subList(0, Math.min(NAMED, unusual.size())))
                + (unusual.size() > NAMED ? " and %d more".formatted(unusual.size() - NAMED) : "");
        if (spec.settings().keepsUnusual()) {
            listener.note(
                    "Learned from %d good images that look anomalous themselves: %s.".formatted(unusual.size(), named));
            return;
        }
        throw new FoveaException(
                ErrorCode.DATASET_INVALID,
                "%d of the %d good images look anomalous themselves: %s. Move those with defects out of the good images; if all are good, train with --keep-unusual."
                        .formatted(unusual.size(), good.size(), named));
    }
}
