package dev.fovea.model.outputs;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.PreprocessingContract.ColorOrder;
import dev.fovea.imaging.Resize;
import dev.fovea.imaging.Size;
import dev.fovea.model.Samples;
import dev.fovea.model.decoder.DecoderClasses;
import dev.fovea.model.decoder.DecoderConfig;
import dev.fovea.model.decoder.DecoderConfig.ScoreActivation;
import dev.fovea.model.decoder.DecoderConfigJson;
import dev.fovea.model.decoder.DetectionRows;
import dev.fovea.model.decoder.NanoDet;
import dev.fovea.model.decoder.Selection;
import dev.fovea.model.formats.PreprocessingRecognition;
import dev.fovea.model.formats.UltralyticsMetadata;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.OnnxModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Graphs with the shapes, names and last operators of real exports; what lies between is left out. */
class DecoderRecognitionTest {

    private static final Map<String, String> THREE_NAMES =
            Map.of("task", "detect", "stride", "32", "names", "{0: 'cat', 1: \"dog's\", 2: 'a, b: c'}");
    private static final Selection DEFAULT = Selection.DEFAULT;

    @Test
    void shouldKnowYoloV8ByItsMetadata() {
        OnnxModel model = one("Concat", "output0", THREE_NAMES, 1, 7, 8400);
        DecoderConfig decoder = DecoderRecognition.of(model).orElseThrow();
        assertThat(decoder).isEqualTo(new DecoderConfig.YoloV8("output0", Optional.empty(), DEFAULT));
        assertThat(DecoderClasses.of(decoder, model.outputs())).isEqualTo(OptionalInt.of(3));
        assertThat(UltralyticsMetadata.of(model.metadata()).orElseThrow().labels())
                .containsExactly("cat", "dog's", "a, b: c");
    }

    @Test
    void shouldKnowYoloV8WithMasks() {
        OnnxModel model = with(
                Map.of("task", "segment", "stride", "32", "names", "{0: 'cat'}"),
                two("output0", new long[] {1, 4 + 1 + 32, 8400}, "output1", new long[] {1, 32, 160, 160}));
        DecoderConfig decoder = DecoderRecognition.of(model).orElseThrow();
        assertThat(decoder).isEqualTo(new DecoderConfig.YoloV8("output0", Optional.of("output1"), DEFAULT));
        assertThat(DecoderClasses.of(decoder, model.outputs())).isEqualTo(OptionalInt.of(1));
    }

    @Test
    void shouldKnowYoloV5ByItsMetadata() {
        OnnxModel model = one("Concat", "output0", Map.of("stride", "32", "names", "['cat', 'dog']"), 1, 25200, 7);
        assertThat(DecoderRecognition.of(model))
                .contains(new DecoderConfig.YoloV5("output0", Optional.empty(), new Selection(0.25, 0.45, false, 300)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            pose   | {0: 'a', 1: 'b', 2: 'c'}
            detect | {0: 'a', 1: 'b'}
            detect | {0: 'a', 2: 'b', 3: 'c'}
            detect | {0: 'a', 1: b, 2: 'c'}
            detect | a, b, c
            """)
    void shouldNotGuessWhenMetadataAndShapeDisagree(String task, String names) {
        OnnxModel model = one("Concat", "output0", Map.of("task", task, "stride", "32", "names", names), 1, 7, 8400);
        assertThat(DecoderRecognition.of(model)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            end2end | True
            args    | {'batch': 1, 'nms': True, 'dynamic': False}
            args    | {"nms": true}
            """)
    void shouldKnowEndToEndYoloByItsMetadata(String key, String value) {
        Map<String, String> metadata = new java.util.HashMap<>(THREE_NAMES);
        metadata.put(key, value);
        assertThat(DecoderRecognition.of(one("Concat", "output0", metadata, 1, 300, 6)))
                .contains(new DetectionRows(
                        "output0",
                        DetectionRows.ULTRALYTICS,
                        DecoderConfig.BoxUnit.PIXELS,
                        0,
                        Optional.empty(),
                        DEFAULT.score(),
                        DEFAULT.limit()));
        assertThat(DecoderRecognition.of(one("Concat", "output0", metadata, 1, 7, 8400)))
                .as("the shape has the last word")
                .contains(new DecoderConfig.YoloV8("output0", Optional.empty(), DEFAULT));
    }

    @ParameterizedTest
    @CsvSource({
        "112,84,'8,16,32',0.5",
        "112,85,'8,16,32,64',0",
        "84,85,'8,16,32,64',0",
    })
    void shouldKnowNanoDetByItsGridAndDistributions(int columns, int cells, String strides, double offset) {
        OnnxModel model = one("Transpose", "output", Map.of(), 1, cells, columns);
        List<Integer> wanted = java.util.Arrays.stream(strides.split(","))
                .map(Integer::valueOf)
                .toList();
        assertThat(DecoderRecognition.of(model, columns - 32))
                .contains(new NanoDet(
                        List.of("output"),
                        wanted,
                        7,
                        offset,
                        ScoreActivation.NONE,
                        new Selection(0.35, 0.6, false, 100)));
        assertThat(DecoderRecognition.of(model, columns - 5).map(DecoderConfig::getClass))
                .as("YOLOX has three strides and five columns beside the classes")
                .isEqualTo(cells == 84 ? Optional.of(DecoderConfig.Yolox.class) : Optional.empty());
    }

    @Test
    void shouldNotGuessWithoutMetadata() {
        assertThat(DecoderRecognition.of(one("Softmax", "output0", Map.of(), 1, 84, 84)))
                .isEmpty();
        assertThat(DecoderRecognition.of(one("Concat", "output0", Map.of(), 1, 84, 8400)))
                .isEmpty();
        assertThat(DecoderRecognition.of(one("Concat", "output0", Map.of(), 1, 25200, 85)))
                .isEmpty();
        assertThat(DecoderRecognition.of(Samples.MODEL)).isEmpty();
    }

    @Test
    void shouldKnowYoloxByItsGridUnlessTheGraphDecodesItself() {
        assertThat(DecoderRecognition.of(one("Transpose", "output", Map.of(), 1, 84, 8)))
                .contains(new DecoderConfig.Yolox("output", List.of(8, 16, 32), new Selection(0.3, 0.45, false, 300)));
        assertThat(DecoderRecognition.of(one("Exp", "output", Map.of(), 1, 84, 8)))
                .isEmpty();
        assertThat(DecoderRecognition.of(one("Transpose", "output", Map.of(), 1, 85, 8)))
                .isEmpty();
    }

    @Test
    void shouldTellDetrFromItsDescendantsByTheLabels() {
        OnnxModel model = two("logits", new long[] {1, 100, 92}, "pred_boxes", new long[] {1, 100, 4});
        assertThat(DecoderRecognition.of(model)).isEmpty();
        assertThat(DecoderRecognition.of(model, 91))
                .contains(new DecoderConfig.Detr("logits", "pred_boxes", ScoreActivation.SOFTMAX, 0.5, 300));
        assertThat(DecoderRecognition.of(model, 92))
                .contains(new DecoderConfig.Detr("logits", "pred_boxes", ScoreActivation.SIGMOID, 0.5, 300));
        assertThat(DecoderRecognition.of(model, 80)).isEmpty();
    }

    @Test
    void shouldKnowATextMapByItsLastOperators() {
        GraphBuilder graph = new GraphBuilder("text");
        String input = graph.input("x", 1, 3, 64, 64);
        graph.node("Sigmoid", "map", List.of(graph.node("ConvTranspose", "grown", List.of(input, input))));
        assertThat(DecoderRecognition.of(graph.output("map", 1, 1, 64, 64).build()))
                .contains(new DecoderConfig.TextMap("map", 0.3, 0.6, 1.5, 1000));
        assertThat(DecoderRecognition.of(one("Sigmoid", "map", Map.of(), 1, 1, 96, 64)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "yolox-nano-coco80-416.onnx,Yolox,80",
        "fastestdet-coco80-352.onnx,FastestDet,80",
        "ultraface-rfb-320.onnx,BoxesAndScores,1",
        "ppocr-det-dynamic.onnx,TextMap,1"
    })
    void shouldKnowRealDetectors(String file, String kind, int classes) {
        OnnxModel model = Samples.shared(file);
        DecoderConfig decoder = DecoderRecognition.of(model).orElseThrow();
        assertThat(decoder.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(DecoderClasses.of(decoder, model.outputs())).isEqualTo(OptionalInt.of(classes));
        assertThat(DecoderConfigJson.read(DecoderConfigJson.write(decoder))).isEqualTo(decoder);
    }

    @ParameterizedTest
    @CsvSource({"squeezenet11-fp32.onnx", "cifar10-cnn-dynamic-batch.onnx", "ppocr-cls.onnx"})
    void shouldSeeNoDetectorInAClassifier(String file) {
        assertThat(DecoderRecognition.of(Samples.shared(file), 1000)).isEmpty();
    }

    @Test
    void shouldReadUltralyticsContractFromTheFile() {
        PreprocessingContract contract = PreprocessingRecognition.of(one("Concat", "output0", THREE_NAMES, 1, 7, 84))
                .orElseThrow();
        assertThat(contract.resize())
                .isEqualTo(new Resize.Letterbox(
                        Size.square(64),
                        Resize.Filter.BILINEAR,
                        Resize.ResizeEngine.OPENCV,
                        114,
                        Resize.Anchor.CENTER));
        assertThat(contract.color()).isEqualTo(ColorOrder.RGB);
        assertThat(contract.tensor().scale()).isEqualTo(1 / 255.0);
        assertThat(PreprocessingRecognition.of(one("Concat", "output0", Map.of(), 1, 7, 84)))
                .isEmpty();
        Map<String, String> pose = Map.of("task", "pose", "stride", "32", "names", "{0: 'a'}");
        assertThat(PreprocessingRecognition.of(one("Concat", "output0", pose, 1, 7, 84)))
                .isEmpty();
        Map<String, String> fiveClassifier = Map.of("stride", "1", "names", "{0: 'a', 1: 'b'}");
        assertThat(PreprocessingRecognition.of(one("Gemm", "output0", fiveClassifier, 1, 2)))
                .as("YOLOv5's classifiers are normalised by ImageNet's figures and say nothing of it")
                .isEmpty();
    }

    @Test
    void shouldReadNamesOfAnyLengthAndEscapes() {
        String hostile = "x\\'".repeat(100_000);
        assertThat(UltralyticsMetadata.of(Map.of("stride", "32", "names", "{0: '" + hostile + "'}")))
                .isEmpty();
        String large = "y".repeat(1_000_000);
        assertThat(UltralyticsMetadata.of(Map.of("stride", "32", "names", "['" + large + "', 'it\\'s']"))
                        .orElseThrow()
                        .labels())
                .containsExactly(large, "it's");
    }

    @Test
    void shouldTakeAnotherScoreForEvaluation() {
        for (String json : List.of(
                "{'kind':'yolox','output':'o','score':0.01}",
                "{'kind':'yolov8','output':'o','score':0.01}",
                "{'kind':'detr','logits':'l','boxes':'b','activation':'sigmoid','score':0.01}",
                "{'kind':'text-map','output':'o','score':0.01}",
                "{'kind':'fastestdet','output':'o','score':0.01}")) {
            DecoderConfig low = DecoderConfigJson.read(json.replace('\'', '"'));
            DecoderConfig usual = DecoderConfigJson.read(json.replace('\'', '"').replace("0.01", "0.5"));
            assertThat(usual.withScore(0.01)).isEqualTo(low);
        }
    }

    private static OnnxModel one(String operator, String output, Map<String, String> metadata, long... shape) {
        GraphBuilder graph = new GraphBuilder("one");
        graph.node(operator, output, List.of(graph.input("images", 1, 3, 64, 64)));
        return with(metadata, graph.output(output, shape).build());
    }

    private static OnnxModel two(String first, long[] firstShape, String second, long[] secondShape) {
        GraphBuilder graph = new GraphBuilder("two");
        String input = graph.input("images", 1, 3, 64, 64);
        graph.node("Relu", first, List.of(input));
        graph.node("Relu", second, List.of(input));
        return graph.output(first, firstShape).output(second, secondShape).build();
    }

    private static OnnxModel with(Map<String, String> metadata, OnnxModel model) {
        OnnxMl.ModelProto.Builder proto = model.proto().toBuilder();
        metadata.forEach((key, value) -> proto.addMetadataProps(
                OnnxMl.StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return OnnxModel.of(proto.build());
    }
}
