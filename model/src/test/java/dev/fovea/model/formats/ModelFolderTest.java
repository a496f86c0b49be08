package dev.fovea.model.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Crop;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.PreprocessingContract.Alpha;
import dev.fovea.imaging.Resize;
import dev.fovea.imaging.Rounding;
import dev.fovea.imaging.Size;
import dev.fovea.imaging.TensorFormat.Layout;
import dev.fovea.model.graph.OnnxModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as the real tools write them, beside graphs with the shapes of real exports. */
class ModelFolderTest {

    private static final String VIT = """
            {"do_normalize": true, "do_rescale": true, "do_resize": true, "image_mean": [0.5, 0.5, 0.5],
             "image_processor_type": "ViTImageProcessor", "image_std": [0.5, 0.5, 0.5], "resample": 2,
             "rescale_factor": 0.00392156862745098, "size": {"height": 224, "width": 224}}""";

    private static final String CLIP = """
            {"crop_size": {"height": 224, "width": 224}, "do_center_crop": true, "do_convert_rgb": true,
             "do_normalize": true, "do_rescale": true, "do_resize": true,
             "image_mean": [0.48145466, 0.4578275, 0.40821073], "image_processor_type": "CLIPImageProcessor",
             "image_std": [0.26862954, 0.26130258, 0.27577711], "resample": 3,
             "rescale_factor": 0.00392156862745098, "size": {"shortest_edge": 224}}""";

    private static final String CONVNEXT = """
            {"crop_pct": 0.875, "do_normalize": true, "do_resize": true, "feature_extractor_type": "ConvNextFeatureExtractor",
             "image_mean": [0.485, 0.456, 0.406], "image_std": [0.229, 0.224, 0.225], "resample": 3, "size": 224}""";

    private static final String RT_DETR = """
            {"do_normalize": false, "do_pad": false, "do_rescale": true, "do_resize": true,
             "image_mean": [0.485, 0.456, 0.406], "image_processor_type": "RTDetrImageProcessor",
             "image_std": [0.229, 0.224, 0.225], "resample": 2, "rescale_factor": 0.00392156862745098,
             "size": {"height": 640, "width": 640}}""";

    private static final String DETR = """
            {"do_normalize": true, "do_pad": true, "do_resize": true, "format": "coco_detection",
             "image_mean": [0.485, 0.456, 0.406], "image_processor_type": "DetrImageProcessor",
             "image_std": [0.229, 0.224, 0.225], "resample": 2, "size": {"longest_edge": 1333, "shortest_edge": 800}}""";

    private static final String TIMM = """
            {"architecture": "resnet50", "num_classes": 2, "num_features": 2048,
             "pretrained_cfg": {"tag": "a1_in1k", "input_size": [3, 224, 224], "test_input_size": [3, 288, 288],
              "fixed_input_size": false, "interpolation": "bicubic", "crop_pct": 0.95, "crop_mode": "center",
              "mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225]}, "label_names": ["cat", "dog"]}""";

    private static final String TRITON = """
            name: "pets" # as in the repository
            platform: "onnxruntime_onnx"
            max_batch_size : 8
            input [ { name: "x", data_type: TYPE_FP32 format: FORMAT_NCHW dims: [ 3, 224, 224 ] } ]
            output [
              { name: "y" data_type: TYPE_FP32 dims: [ 2 ] label_filename: "pets.txt" }
            ]
            optimization {graph : {level : -1}}
            instance_group [ { count: 1; kind: KIND_CPU } ]
            """;

    @TempDir
    private Path folder;

    @Test
    void shouldReadAStretchingProcessorOfTransformers() throws IOException {
        PreprocessingContract contract = contract(write("preprocessor_config.json", VIT), graph(224));
        assertThat(contract.resize())
                .isEqualTo(new Resize.Stretch(Size.square(224), Resize.Filter.BILINEAR, Resize.ResizeEngine.PILLOW_13));
        assertThat(contract.tensor().mean()).containsExactly(0.5, 0.5, 0.5);
        assertThat(contract.alpha()).isEqualTo(new Alpha.Drop());
        assertThat(contract.tensor().layout()).isEqualTo(Layout.NCHW);
    }

    @Test
    void shouldReadACroppingProcessorOfTransformers() throws IOException {
        PreprocessingContract contract = contract(write("preprocessor_config.json", CLIP), graph(-1));
        assertThat(contract.resize())
                .isEqualTo(new Resize.ShortestEdge(
                        224, Rounding.DOWN, Resize.Filter.BICUBIC, Resize.ResizeEngine.PILLOW_13));
        assertThat(contract.crop()).contains(new Crop(Size.square(224), Rounding.DOWN));
    }

    @Test
    void shouldTakePyTorchsOrderOfPassesForFastProcessors() throws IOException {
        PreprocessingContract contract = contract(
                write("preprocessor_config.json", VIT.replace("ViTImageProcessor", "ViTImageProcessorFast")),
                graph(224));
        assertThat(contract.resize().engine()).isEqualTo(Resize.ResizeEngine.PILLOW);
    }

    @Test
    void shouldReadWhatIsParticularToConvNext() throws IOException {
        PreprocessingContract contract = contract(write("preprocessor_config.json", CONVNEXT), graph(224));
        assertThat(contract.resize())
                .isEqualTo(new Resize.ShortestEdge(
                        256, Rounding.DOWN, Resize.Filter.BICUBIC, Resize.ResizeEngine.PILLOW_13));
        assertThat(contract.crop()).contains(new Crop(Size.square(224), Rounding.DOWN));
        PreprocessingContract whole = contract(
                write("preprocessor_config.json", CONVNEXT.replace("\"size\": 224", "\"size\": 384")), graph(384));
        assertThat(whole.resize())
                .isEqualTo(new Resize.Stretch(Size.square(384), Resize.Filter.BICUBIC, Resize.ResizeEngine.PILLOW_13));
        assertThat(whole.crop()).isEmpty();
    }

    @Test
    void shouldNotNormaliseWhereTheProcessorDoesNot() throws IOException {
        PreprocessingContract contract = contract(write("preprocessor_config.json", RT_DETR), graph(640));
        assertThat(contract.tensor().mean()).containsExactly(0.0, 0.0, 0.0);
        assertThat(contract.tensor().std()).containsExactly(1.0, 1.0, 1.0);
    }

    /** A model that comes from elsewhere must not have other files of this machine read. */
    @ParameterizedTest
    @ValueSource(strings = {"../pets.txt", "/etc/hostname", "a/../../pets.txt", "pets\0.txt"})
    void shouldReadNoLabelsFromOutsideTheFolder(String labels) throws IOException {
        write("config.pbtxt", TRITON.replace("pets.txt", labels));
        Path version = Files.createDirectory(folder.resolve("3"));
        ModelFolder triton = new ModelFolder(version.resolve("model.onnx"), graph(224));
        assertThatThrownBy(triton::labels)
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("in the same folder");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ViTImageProcessor | Oneformer2ImageProcessor | whose rules are not known
            "do_resize": true | "do_resize": false       | do_resize false
            "resample": 2,    |                          | does not state size and resample
            "resample": 2     | "resample": 5            | resample 5
            """)
    void shouldSayWhyAProcessorMakesNoContract(String from, String to, String why) throws IOException {
        write("preprocessor_config.json", VIT.replace(from, to == null ? "" : to));
        assertThat(folder(graph(224)).contract())
                .containsInstanceOf(CarriedContract.Unusable.class)
                .get()
                .asString()
                .contains(why);
    }

    @Test
    void shouldNameTheFileWhoseContractIsNone() throws IOException {
        write("preprocessor_config.json", CLIP.replace("\"shortest_edge\": 224", "\"shortest_edge\": 192"));
        assertThatThrownBy(() -> folder(graph(224)).contract())
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("preprocessor_config.json: The contract's crop")
                .hasMessageContaining("192");
    }

    @Test
    void shouldNotGuessTheShapeOfImagesThatKeepTheirs() throws IOException {
        write("preprocessor_config.json", DETR);
        assertThat(folder(graph(-1)).contract()).get().asString().contains("longer edge");
    }

    @Test
    void shouldReadTimm() throws IOException {
        PreprocessingContract contract = contract(write("config.json", TIMM), graph(224));
        assertThat(contract.resize())
                .isEqualTo(new Resize.ShortestEdge(235, Resize.Filter.BICUBIC, Resize.ResizeEngine.PILLOW_13));
        assertThat(contract.crop()).contains(Crop.centred(Size.square(224)));
        assertThat(folder(graph(224)).labels().orElseThrow().labels()).containsExactly("cat", "dog");
        PreprocessingContract squashed = contract(write("config.json", TIMM.replace("center", "squash")), graph(224));
        assertThat(squashed.resize())
                .isEqualTo(new Resize.Stretch(Size.square(235), Resize.Filter.BICUBIC, Resize.ResizeEngine.PILLOW_13));
    }

    @Test
    void shouldNameBothSizesWhereTheyDiffer() throws IOException {
        write("preprocessor_config.json", VIT);
        assertThatThrownBy(() -> folder(graph(256)).contract())
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("preprocessor_config.json")
                .hasMessageContaining("224×224")
                .hasMessageContaining("256")
                .hasMessageContaining("--contract");
    }

    @Test
    void shouldReadNamesOfClassesButNotMadeUpOnes() throws IOException {
        write("config.json", "{\"id2label\": {\"1\": \"dog\", \"0\": \"cat\", \"2\": \"dog\"}}");
        assertThat(folder(graph(224)).labels())
                .contains(new CarriedLabels("config.json", List.of("cat", "dog (1)", "dog (2)")));
        write("config.json", "{\"id2label\": {\"0\": \"LABEL_0\", \"1\": \"LABEL_1\"}}");
        assertThat(folder(graph(224)).labels()).isEmpty();
        write("config.json", "{\"problem_type\": \"multi_label_classification\"}");
        assertThat(folder(graph(224)).multiLabel()).contains("config.json");
    }

    @Test
    void shouldReadListsOfLabelsAndRefuseTwoThatDiffer() throws IOException {
        write("coco.names", "cat\ndog\n");
        write("labels.txt", "cat\n\ndog");
        assertThat(folder(graph(224)).labels().orElseThrow().labels()).containsExactly("cat", "dog");
        write("classes.txt", "cat\nbird\n");
        assertThatThrownBy(() -> folder(graph(224)).labels())
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("classes.txt has \"bird\" as label 2")
                .hasMessageContaining("coco.names has \"dog\"");
    }

    @Test
    void shouldReadATritonRepository() throws IOException {
        write("config.pbtxt", TRITON);
        write("pets.txt", "cat\ndog\n");
        Path version = Files.createDirectory(folder.resolve("3"));
        ModelFolder triton = new ModelFolder(version.resolve("model.onnx"), graph(224));
        assertThat(triton.name()).contains("pets");
        assertThat(triton.labels()).contains(new CarriedLabels("pets.txt", List.of("cat", "dog")));
        ModelFolder other = new ModelFolder(version.resolve("model.onnx"), graph(256));
        assertThatThrownBy(other::name)
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("[3, 224, 224]")
                .hasMessageContaining("256");
    }

    @Test
    void shouldTakeTheFilesOwnWordFirst() throws IOException {
        write("labels.txt", "hund\n");
        OnnxModel model = graph(
                -1, Map.of("task", "classify", "stride", "1", "names", "{0: 'cat', 1: 'dog'}", "imgsz", "[64, 64]"));
        assertThat(folder(model).labels().orElseThrow().labels()).containsExactly("cat", "dog");
        PreprocessingContract contract =
                ((CarriedContract.Expressible) folder(model).contract().orElseThrow()).contract();
        assertThat(contract.resize())
                .isEqualTo(new Resize.ShortestEdge(64, Resize.Filter.BILINEAR, Resize.ResizeEngine.PILLOW_13));
        assertThat(contract.crop()).contains(Crop.centred(Size.square(64)));
        assertThat(contract.tensor().scale()).isEqualTo(1 / 255.0);
    }

    @Test
    void shouldFindTheFileThatAFolderIsMeantToBe() throws IOException {
        assertThatThrownBy(() -> ModelSource.find(folder)).hasMessageContaining("holds no ONNX file");
        Path version = Files.createDirectories(folder.resolve("12")).resolve("model.onnx");
        Files.createDirectories(folder.resolve("9"));
        Files.write(version, new byte[1]);
        assertThat(ModelSource.find(folder)).isEqualTo(version);
        Path one = Files.write(folder.resolve("a.onnx"), new byte[1]);
        assertThat(ModelSource.find(folder)).isEqualTo(one);
        Files.write(folder.resolve("b.onnx"), new byte[1]);
        assertThatThrownBy(() -> ModelSource.find(folder)).hasMessageContaining("2 ONNX files");
    }

    @Property(tries = 400)
    void shouldFailClearlyOnDamagedFiles(
            @ForAll @IntRange(max = 5) int which,
            @ForAll @IntRange(max = 600) int at,
            @ForAll @IntRange(max = 40) int length,
            @ForAll String replacement) {
        String whole = List.of(VIT, CLIP, CONVNEXT, RT_DETR, TIMM, TRITON).get(which);
        int from = Math.min(at, whole.length());
        String damaged =
                whole.substring(0, from) + replacement + whole.substring(Math.min(from + length, whole.length()));
        ImageInput input = ImageInput.of(graph(224)).orElseThrow();
        try {
            switch (which) {
                case 4 -> timm(damaged, input);
                case 5 -> TritonConfig.read(damaged, "config.pbtxt", graph(224));
                default -> HuggingFaceProcessor.contract(CarriedJson.fields(damaged, "p.json"), "p.json", input);
            }
        } catch (FoveaException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static void timm(String json, ImageInput input) {
        JsonFields fields = CarriedJson.fields(json, "config.json");
        if (TimmConfig.isOne(fields)) {
            TimmConfig.contract(fields, "config.json", input);
            TimmConfig.labels(fields, "config.json");
        }
        HuggingFaceConfig.labels(fields, "config.json");
    }

    @Property(tries = 500)
    void shouldReadAnyTextOrSayWhereItIsWrong(@ForAll String text, @ForAll @IntRange(max = 200) int depth) {
        try {
            TextMessageReader.read("a{".repeat(depth) + text, "config.pbtxt");
        } catch (FoveaException e) {
            assertThat(e.getMessage()).startsWith("config.pbtxt is not in protobuf's text format near line ");
        }
    }

    private PreprocessingContract contract(Path file, OnnxModel model) {
        CarriedContract carried = folder(model).contract().orElseThrow();
        assertThat(carried).isInstanceOf(CarriedContract.Expressible.class);
        assertThat(carried.source()).isEqualTo(file.getFileName().toString());
        return ((CarriedContract.Expressible) carried).contract();
    }

    private ModelFolder folder(OnnxModel model) {
        return new ModelFolder(folder.resolve("model.onnx"), model);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static OnnxModel graph(int edge) {
        return graph(edge, Map.of());
    }

    /** An image {@code [N,3,edge,edge]} to two values; an edge below zero is open. */
    private static OnnxModel graph(int edge, Map<String, String> metadata) {
        OnnxMl.ModelProto.Builder model = OnnxMl.ModelProto.newBuilder()
                .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(17))
                .setGraph(OnnxMl.GraphProto.newBuilder()
                        .addNode(OnnxMl.NodeProto.newBuilder()
                                .setOpType("Softmax")
                                .addOutput("y"))
                        .addInput(value("x", -1, 3, edge, edge))
                        .addOutput(value("y", -1, 2)));
        metadata.forEach((key, text) -> model.addMetadataProps(
                OnnxMl.StringStringEntryProto.newBuilder().setKey(key).setValue(text)));
        return OnnxModel.of(model.build());
    }

    private static OnnxMl.ValueInfoProto value(String name, long... lengths) {
        OnnxMl.TensorShapeProto.Builder shape = OnnxMl.TensorShapeProto.newBuilder();
        for (long length : lengths) {
            OnnxMl.TensorShapeProto.Dimension.Builder dimension = shape.addDimBuilder();
            Optional.of(length)
                    .filter(fixed -> fixed >= 0)
                    .ifPresentOrElse(dimension::setDimValue, () -> dimension.setDimParam("n"));
        }
        return OnnxMl.ValueInfoProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.TypeProto.newBuilder()
                        .setTensorType(OnnxMl.TypeProto.Tensor.newBuilder()
                                .setElemType(OnnxMl.TensorProto.DataType.FLOAT_VALUE)
                                .setShape(shape)))
                .build();
    }
}
