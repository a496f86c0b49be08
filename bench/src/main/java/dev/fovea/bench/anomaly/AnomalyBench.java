package dev.fovea.bench.anomaly;

import dev.fovea.bench.BenchReport;
import dev.fovea.bench.TemporaryDirectory;
import dev.fovea.evaluation.report.AnomalyFigures;
import dev.fovea.model.json.PreprocessingContractJson;
import dev.fovea.pipeline.anomaly.AnomalyListener;
import dev.fovea.pipeline.anomaly.AnomalyMethod;
import dev.fovea.pipeline.anomaly.AnomalySpec;
import dev.fovea.pipeline.anomaly.AnomalyTraining;
import dev.fovea.pipeline.backbone.Backbone;
import dev.fovea.pipeline.backbone.BackboneReference;
import dev.fovea.pipeline.backbone.Backbones;
import dev.fovea.pipeline.request.PromotionPolicy;
import dev.fovea.server.Application;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * {@code bench/run anomaly [BACKBONE.onnx...]}: image and pixel AUROC of detectors that learned from good images alone,
 * as served, against PaDiM in numpy on the same features, and their time against the backbone alone. Default:
 * SqueezeNet 1.1 of {@code FOVEA_BENCH_DATA}.
 */
final class AnomalyBench {

    private static final double FALSE_ALARMS = 0.05;
    private static final double MAX_COST = 2;
    private static final long SEED = 0;
    private static final String SQUEEZENET = """
            {"color": "BGR", "alpha": "drop",
             "resize": {"fit": "shortest-edge", "size": [256], "filter": "bilinear", "engine": "pillow"},
             "crop": {"center": [224, 224]},
             "scale": 1, "mean": [104, 117, 123], "std": [1, 1, 1], "layout": "NCHW", "type": "float32"}
            """;

    private AnomalyBench() {}

    /** Backbones that carry their contract. */
    public static void main(String[] arguments) throws Exception {
        BenchReport.machine();
        try (TemporaryDirectory directory = TemporaryDirectory.create();
                Application application = Application.open(directory.path().resolve("home"))) {
            Optional<AnomalyPeer> peer = AnomalyPeer.find();
            for (Backbone backbone : backbones(application, directory.path(), arguments)) {
                for (AnomalySet set : AnomalySet.all(directory.path())) {
                    compare(application, backbone, set, AnomalyMethod.PADIM, peer);
                    compare(application, backbone, set, AnomalyMethod.PATCHCORE, Optional.empty());
                }
            }
        }
        BenchReport.machine();
    }

    private static List<Backbone> backbones(Application application, Path directory, String[] files)
            throws IOException {
        Backbones backbones =
                new Backbones(application.registry(), application.home().bundles(), directory.resolve("backbones"));
        if (files.length > 0) {
            return List.of(files).stream()
                    .map(file -> backbones.resolve(
                            BackboneReference.of(Path.of(file).toAbsolutePath().toString())))
                    .toList();
        }
        Path network = Path.of(System.getProperty("fovea.bench.data", ""), "models", "squeezenet11-fp32.onnx");
        if (!Files.exists(network)) {
            BenchReport.say("skipped: no %s; name a backbone, or set FOVEA_BENCH_DATA".formatted(network));
            return List.of();
        }
        Path contract = Files.writeString(
                directory.resolve("contract.json"),
                PreprocessingContractJson.write(PreprocessingContractJson.read(SQUEEZENET)));
        return List.of(backbones.resolve(
                new BackboneReference(network.toAbsolutePath().toString(), Optional.of(contract), Optional.empty())));
    }

    private static void compare(
            Application application,
            Backbone backbone,
            AnomalySet set,
            AnomalyMethod method,
            Optional<AnomalyPeer> peer)
            throws Exception {
        AnomalySpec spec = new AnomalySpec(
                set.folder(),
                set.name(),
                backbone,
                new AnomalySpec.AnomalySettings(FALSE_ALARMS, method, true, SEED),
                PromotionPolicy.NEVER,
                "");
        long start = System.nanoTime();
        AnomalyTraining.AnomalyResult result = new AnomalyTraining(application.tools())
                .run(spec, new AnomalyListener((step, fraction, remaining, detail) -> {}, note -> {}));
        BenchReport.say("%n%s, %s, %s: %d good images learned, %.1f s to a registered version"
                .formatted(set.name(), backbone.name(), method, result.images(), (System.nanoTime() - start) / 1e9));
        result.verdict().sentences().forEach(sentence -> BenchReport.say("  " + sentence));
        AnomalyFigures figures = result.verdict().figures();
        BenchReport.maximum(
                "time of the backbone",
                figures.cost().detector() / figures.cost().backbone(),
                MAX_COST,
                " ×");
        AnomalyFigures.Defects defects = figures.defects().orElseThrow();
        if (peer.isPresent()) {
            AnomalyPeer.Reached other =
                    peer.get().run(new SameFeatures(application, backbone, set, result.version(), SEED));
            BenchReport.say("  " + other.versions());
            same("image AUROC", defects.imageAuroc().value(), other.imageAuroc());
            defects.pixels().ifPresent(pixels -> same("pixel AUROC", pixels.auroc(), other.pixelAuroc()));
        }
    }

    private static void same(String what, double own, double others) {
        BenchReport.say("  %s %.4f, in numpy %.4f".formatted(what, own, others));
        BenchReport.minimum(what, own, rounded(others), "");
    }

    /** Heat maps have a sixteenth of the input's pixels, and floats are not doubles: a thousandth is no difference. */
    private static double rounded(double auroc) {
        return Math.round(auroc * 1000 - 1) / 1000.0;
    }
}
