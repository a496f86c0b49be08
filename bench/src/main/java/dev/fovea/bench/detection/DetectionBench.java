package dev.fovea.bench.detection;

import dev.fovea.bench.BenchReport;
import dev.fovea.bench.TemporaryDirectory;
import dev.fovea.evaluation.detection.DetectionReport;
import dev.fovea.evaluation.detection.DetectionReportTable;
import dev.fovea.model.json.PreprocessingContractJson;
import dev.fovea.pipeline.backbone.Backbone;
import dev.fovea.pipeline.backbone.BackboneReference;
import dev.fovea.pipeline.backbone.Backbones;
import dev.fovea.pipeline.detector.DetectorListener;
import dev.fovea.pipeline.detector.DetectorSpec;
import dev.fovea.pipeline.detector.DetectorTraining;
import dev.fovea.pipeline.request.DetectorRequest;
import dev.fovea.server.Application;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * {@code bench/run detect [bccd|deeppcb] [MINUTES] [BACKBONE.onnx]}: mAP50 of a detector that was trained from a
 * folder, 70 % of which it learned from, on test images as served; and the same detections by pycocotools. Default:
 * both sets, 30 minutes, YOLOX-nano of {@code FOVEA_BENCH_DATA}.
 */
final class DetectionBench {

    private static final String YOLOX = """
            {"orientation": "exif", "color": "BGR", "alpha": "drop",
             "resize": {"fit": "letterbox", "size": [416, 416], "filter": "bilinear", "engine": "opencv", "pad": 114,
                        "anchor": "top-left"},
             "scale": 1, "mean": [0, 0, 0], "std": [1, 1, 1], "layout": "NCHW", "type": "float32", "decode": "exact"}
            """;
    private static final String MINUTES = "30";
    private static final double ROUNDING = 5e-4;

    private DetectionBench() {}

    /** A set, minutes, and a backbone that carries its contract; each may be left out from the end. */
    public static void main(String[] arguments) throws Exception {
        BenchReport.machine();
        List<String> names = arguments.length > 0 ? List.of(arguments[0]) : List.of("bccd", "deeppcb");
        double minutes = Double.parseDouble(arguments.length > 1 ? arguments[1] : MINUTES);
        try (TemporaryDirectory directory = TemporaryDirectory.create();
                Application application = Application.open(directory.path().resolve("home"))) {
            Optional<Backbone> backbone =
                    backbone(application, directory.path(), arguments.length > 2 ? arguments[2] : "");
            for (String name : names) {
                Optional<BoxedSet> set = BoxedSet.of(name, directory.path());
                if (set.isPresent() && backbone.isPresent()) {
                    train(application, set.get(), backbone.get(), minutes);
                }
            }
        }
        BenchReport.machine();
    }

    private static Optional<Backbone> backbone(Application application, Path directory, String stated)
            throws IOException {
        Backbones backbones =
                new Backbones(application.registry(), application.home().bundles(), directory.resolve("backbones"));
        if (!stated.isEmpty()) {
            return Optional.of(backbones.resolve(
                    BackboneReference.of(Path.of(stated).toAbsolutePath().toString())));
        }
        Path network = Path.of(System.getProperty("fovea.bench.data", ""), "models", "yolox-nano-coco80-416.onnx");
        if (!Files.exists(network)) {
            BenchReport.say("skipped: no %s; name a backbone, or set FOVEA_BENCH_DATA".formatted(network));
            return Optional.empty();
        }
        Path contract = Files.writeString(
                directory.resolve("contract.json"),
                PreprocessingContractJson.write(PreprocessingContractJson.read(YOLOX)));
        return Optional.of(backbones.resolve(
                new BackboneReference(network.toAbsolutePath().toString(), Optional.of(contract), Optional.empty())));
    }

    private static void train(Application application, BoxedSet set, Backbone backbone, double minutes)
            throws Exception {
        DetectorRequest request = new DetectorRequest(
                set.name(),
                set.folder().toString(),
                new DetectorRequest.DetectorNetworkRequest(backbone.name(), "", Optional.empty()),
                new DetectorRequest.DetectorScheduleRequest(
                        Optional.of(minutes), Optional.empty(), "", Optional.of(true)),
                "",
                "never",
                Optional.of(false),
                "");
        long start = System.nanoTime();
        DetectorTraining.DetectorResult result = new DetectorTraining(application.tools())
                .run(
                        DetectorSpec.of(request, backbone, Optional.empty()),
                        DetectorListener.of((step, fraction, remaining, detail) -> {}, BenchReport::say));
        DetectionReport report = result.report();
        BenchReport.say("%n%s, %s: %d images learned, %d epochs, %.1f images/s, %.1f min to a registered version"
                .formatted(
                        set.name(),
                        backbone.name(),
                        result.images(),
                        result.learning().epochs(),
                        result.learning().imagesPerSecond(),
                        (System.nanoTime() - start) / 6e10));
        BenchReport.say(DetectionReportTable.render(report));
        Optional<DetectionPeer> peer = DetectionPeer.find();
        if (peer.isPresent()) {
            DetectionPeer.Reached other = peer.get().run(new ServedBoxes(application, set.folder(), result.version()));
            BenchReport.say("  " + other.versions());
            same("mAP50", report.map50().value(), other.map50());
            same("mAP50:95", report.map50To95().value(), other.map50To95());
        }
        BenchReport.minimum("mAP50 of " + set.name(), report.map50().value(), set.bar(), "");
    }

    private static void same(String what, double own, double others) {
        BenchReport.say("  %s %.4f, by pycocotools %.4f".formatted(what, own, others));
        BenchReport.maximum("difference of " + what, Math.abs(own - others), ROUNDING, "");
    }
}
