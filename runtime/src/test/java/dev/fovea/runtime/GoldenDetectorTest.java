package dev.fovea.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Box;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.model.Bundle;
import dev.fovea.model.GoldenDetection;
import dev.fovea.model.GoldenVector;
import dev.fovea.model.Lineage;
import dev.fovea.model.Manifest;
import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.decoder.DetectionRows;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.decoder.Selection;
import dev.fovea.model.formats.LabelFile;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.json.PreprocessingContractJson;
import dev.fovea.model.outputs.DecoderRecognition;
import dev.fovea.runtime.batching.BatchSettings;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.SessionSettings;
import dev.fovea.runtime.validation.DetectionAgreement;
import dev.fovea.runtime.validation.GoldenTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Golden tests of detectors: what must fail is a wrong score, class or box; what must pass is another processor. */
class GoldenDetectorTest {

    private static final Engine ENGINE = Engine.open();
    private static final Map<String, byte[]> GOLDEN = Map.of("orange.png", Tiny.png(250, 120, 40));
    private static final Postprocessing YOLO =
            new Postprocessing.Decoding(new DecoderConfig.YoloV8("output0", Optional.empty(), Selection.DEFAULT));
    private static final Postprocessing END_TO_END = new Postprocessing.Decoding(new DetectionRows(
            "output0",
            DetectionRows.ULTRALYTICS,
            DecoderConfig.BoxUnit.PIXELS,
            0,
            Optional.empty(),
            Selection.DEFAULT.score(),
            Selection.DEFAULT.limit()));

    @TempDir
    private Path directory;

    /** The largest output is a width of 640, so that one tolerance for all allowed 1.28 on a score. */
    @ParameterizedTest
    @CsvSource({
        "0.9,0.2,640, served", //
        "0.902,0.198,640.3, served", // another processor
        "0.85,0.2,640, output0/scores is off by 0.05",
        "0.9,0.15,640, output0/scores is off by 0.05",
        "0.9,0.2,645, output0/boxes is off by 5",
    })
    void shouldAllowWhatEachKindOfColumnAllows(float best, float other, float width, String said) {
        assertLoads(YOLO, yolo(0.9f, 0.2f, 640), yolo(best, other, width), said);
    }

    @Test
    void shouldCompareEndToEndRowsInAnyOrder() {
        float[] first = {1, 1, 5, 5, 0.9f, 0, 2, 2, 4, 4, 0.6004f, 1, 0, 4, 8, 8, 0.6f, 0};
        float[] swapped = {1, 1, 5, 5, 0.9f, 0, 0, 4, 8, 8, 0.6003f, 0, 2, 2, 4, 4, 0.6001f, 1};
        assertLoads(END_TO_END, rows(first), rows(swapped), "served");
    }

    @ParameterizedTest
    @CsvSource({
        "4,0.85,scores 0.850 where it scored 0.900",
        "5,1,an object is missing: class 0",
        "0,3,an object is missing: class 0",
        "4,0.02,an object is missing: class 0",
    })
    void shouldNoticeAnotherRow(int column, float value, String said) {
        float[] recorded = {1, 1, 5, 5, 0.9f, 0, 2, 2, 4, 4, 0.6f, 1, 0, 0, 0, 0, 0, 0};
        float[] other = recorded.clone();
        other[column] = value;
        assertLoads(END_TO_END, rows(recorded), rows(other), said);
    }

    @Test
    void shouldExcuseOnlyWhatStandsAtAThreshold() {
        DetectionAgreement agreement = new DetectionAgreement(0.25, OptionalDouble.of(0.5), 0.5);
        GoldenDetection car = new GoldenDetection(2, 0.9, new Box(0, 0, 100, 100));
        GoldenDetection faint = new GoldenDetection(2, 0.255, new Box(200, 0, 300, 100));
        GoldenDetection beside = new GoldenDetection(2, 0.7, new Box(0, 0, 100, 51));
        GoldenDetection clear = new GoldenDetection(2, 0.4, new Box(200, 200, 300, 300));
        assertThat(agreement.difference(List.of(car, faint), List.of(car))).isEmpty();
        assertThat(agreement.difference(List.of(car), List.of(car, beside)))
                .as("suppressed or not by an overlap of 0.51")
                .isEmpty();
        assertThat(agreement.difference(List.of(car), List.of(car, clear)).orElseThrow())
                .contains("another object is found", "0.400");
        assertThat(agreement.difference(List.of(car, clear), List.of(car)).orElseThrow())
                .contains("missing");
    }

    /** A published network on one thread, on two, and with a graph that was optimised otherwise. */
    @Test
    void shouldServeARealDetectorWhateverRunsIt() throws Exception {
        Path data = Path.of(System.getProperty("fovea.shared.data", "../shared/data"));
        Path file = data.resolve("models/yolox-nano-coco80-416.onnx");
        Assumptions.assumeTrue(Files.exists(file), "skipped: no real model at " + file);
        OnnxModel model = OnnxModel.read(file);
        PreprocessingContract contract =
                PreprocessingContractJson.read(RealDetector.example("yolox-nano-contract.json"));
        Postprocessing objects =
                new Postprocessing.Decoding(DecoderRecognition.of(model).orElseThrow());
        byte[] image = Files.readAllBytes(data.resolve("coco64-yolo/images/000000000089.jpg"));
        Map<String, byte[]> golden = Map.of("image.jpg", image);
        List<String> labels = LabelFile.read(RealDetector.example("coco80-labels.txt"));
        List<GoldenVector> vectors = GoldenTest.make(ENGINE, model.bytes(), contract, objects, golden);
        assertThat(vectors.getFirst().detections().orElseThrow()).isNotEmpty();
        Manifest manifest = manifest(labels, contract, objects, vectors);
        OnnxModel optimised = ENGINE.optimised(model, Engine.Optimisation.PORTABLE);
        for (int threads = 1; threads <= 2; threads++) {
            assertThat(load(manifest, model, golden, threads)).isEqualTo("served");
            assertThat(load(manifest, optimised, golden, threads)).isEqualTo("served");
        }
    }

    private void assertLoads(Postprocessing decoder, OnnxModel recorded, OnnxModel served, String said) {
        Manifest manifest = manifest(decoder, golden(decoder, recorded));
        if (said.equals("served")) {
            assertThat(load(manifest, served)).isEqualTo("served");
            return;
        }
        assertThatThrownBy(() -> load(manifest, served))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.VALIDATION_FAILED))
                .hasMessageContainingAll("orange.png", said);
    }

    private static List<GoldenVector> golden(Postprocessing decoder, OnnxModel model) {
        return GoldenTest.make(ENGINE, model.bytes(), Tiny.CONTRACT, decoder, GOLDEN);
    }

    private static Manifest manifest(Postprocessing decoder, List<GoldenVector> golden) {
        return manifest(List.of("red", "green"), Tiny.CONTRACT, decoder, golden);
    }

    private static Manifest manifest(
            List<String> labels, PreprocessingContract contract, Postprocessing decoder, List<GoldenVector> golden) {
        return new Manifest(
                "detector",
                labels,
                Optional.of(contract),
                decoder,
                Optional.empty(),
                Lineage.imported("detector.onnx", "test", "test"),
                golden,
                new TreeMap<>());
    }

    private String load(Manifest manifest, OnnxModel model) {
        return load(manifest, model, GOLDEN, 1);
    }

    private String load(Manifest manifest, OnnxModel model, Map<String, byte[]> golden, int threads) {
        Bundle written = Bundle.write(directory.resolve("bundle"), manifest, model.bytes(), golden);
        Bundle bundle = Bundle.read(written.directory()); // the manifest as it is stored
        RuntimeSettings settings =
                new RuntimeSettings(new SessionSettings(threads, false), BatchSettings.DEFAULT, ImageLimits.DEFAULT);
        try (DecodePool workers = new DecodePool(1, 8, 1_000_000);
                LoadedModel loaded = LoadedModel.load(ENGINE, bundle, settings, workers, () -> {})) {
            return "served";
        }
    }

    /** Three candidates with the centre (4, 4), 4 + 2 rows. */
    private static OnnxModel yolo(float best, float other, float width) {
        return constant(
                new float[] {
                    4, 4, 4, 4, 4, 4, width, width, width, width, width, width, best, other, 0.01f, 0.01f, 0.01f, 0.01f
                },
                1,
                6,
                3);
    }

    private static OnnxModel rows(float[] values) {
        return constant(values, 1, 3, 6);
    }

    private static OnnxModel constant(float[] values, long... shape) {
        GraphBuilder graph = new GraphBuilder("constant");
        String pixels = graph.input("pixels", 1, 3, Tiny.EDGE, Tiny.EDGE);
        String mean = graph.node("ReduceMean", "mean", List.of(pixels), GraphBuilder.integer("keepdims", 0));
        String none = graph.node("Mul", "none", List.of(mean, graph.weights("zero", List.of(), new float[1])));
        List<Long> axes = List.of(shape[0], shape[1], shape[2]);
        graph.node("Add", "output0", List.of(graph.weights("values", axes, values), none));
        return graph.output("output0", shape).build();
    }
}
