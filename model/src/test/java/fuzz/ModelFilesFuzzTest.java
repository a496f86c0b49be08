package fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.Size;
import dev.fovea.model.checkpoint.Checkpoint;
import dev.fovea.model.formats.LabelFile;
import dev.fovea.model.formats.ModelFolder;
import dev.fovea.model.graph.NetworkBuilder;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.json.PreprocessingContractJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A preprocessing contract after a first byte 'C', learned weights after 'W', or else one of the files that other tools
 * put beside a model.
 */
class ModelFilesFuzzTest {

    private static final List<String> NAMES =
            List.of("labels.txt", "config.json", "preprocessor_config.json", "config.pbtxt", "classes.txt");
    private static final OnnxModel MODEL =
            NetworkBuilder.build(NetworkBuilder.Family.MOBILE, NetworkBuilder.Scale.SMALL, 3, Size.square(32), 2, 1);

    @TempDir
    private static Path directory;

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "C{\"color\": \"RGB\", \"resize\": {\"fit\": \"stretch\", \"size\": [32], \"filter\": \"area\", \"engine\": \"opencv\"}}",
                        "C{\"color\": \"BGR\", \"alpha\": \"drop\", \"resize\": {\"fit\": \"letterbox\", \"size\": [640, 480], \"filter\": \"bilinear\", \"engine\": \"pillow\", \"pad\": 114}, \"crop\": {\"center\": [224], \"rounding\": \"down\"}, \"scale\": 0.5, \"mean\": [1, 2, 3], \"std\": [1, 2, 3], \"layout\": \"NHWC\", \"type\": \"uint8\", \"decode\": \"fast\"}",
                        "\0cat\ndog\n",
                        "\0000 cat\n1 dog\n",
                        "\1{\"id2label\": {\"0\": \"cat\", \"1\": \"dog\"}, \"problem_type\": \"multi_label_classification\"}",
                        "\1{\"architecture\": \"resnet18\", \"num_classes\": 2, \"label_names\": [\"cat\", \"dog\"], \"pretrained_cfg\": {\"input_size\": [3, 32, 32], \"interpolation\": \"bicubic\", \"crop_pct\": 0.875, \"crop_mode\": \"center\", \"mean\": [0.5, 0.5, 0.5], \"std\": [0.5, 0.5, 0.5]}}",
                        "\2{\"do_resize\": true, \"size\": {\"height\": 32, \"width\": 32}, \"resample\": 2, \"do_rescale\": true, \"rescale_factor\": 0.00392, \"do_normalize\": true, \"image_mean\": [0.5, 0.5, 0.5], \"image_std\": [0.5, 0.5, 0.5], \"image_processor_type\": \"ViTImageProcessor\"}",
                        "\3name: \"pets\" max_batch_size: 8 input [ { name: \"input\" dims: [3, 32, 32] } ] output [ { name: \"y\" dims: [2] label_filename: \"labels.txt\" } ]",
                        "\4cat\ndog\n")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10s")
    void shouldReadOrRefuse(byte[] bytes) throws IOException {
        if (bytes.length == 0) {
            return;
        }
        byte[] rest = Arrays.copyOfRange(bytes, 1, bytes.length);
        if (bytes[0] == 'C') {
            readOrRefuse(() -> contract(new String(rest, StandardCharsets.UTF_8)));
            return;
        }
        if (bytes[0] == 'W') {
            Path weights = Files.write(directory.resolve("weights.safetensors"), rest);
            readOrRefuse(() -> weights(weights));
            return;
        }
        Path file = Files.write(directory.resolve(NAMES.get(Math.floorMod(bytes[0], NAMES.size()))), rest);
        try {
            ModelFolder folder = new ModelFolder(directory.resolve("1/model.onnx"), MODEL);
            readOrRefuse(folder::contract);
            readOrRefuse(folder::labels);
            readOrRefuse(folder::name);
            readOrRefuse(folder::multiLabel);
            readOrRefuse(() -> assertThat(LabelFile.read(file)).isNotEmpty());
        } finally {
            Files.delete(file);
        }
    }

    private static void weights(Path file) {
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            checkpoint
                    .tensors()
                    .forEach((name, tensor) ->
                            assertThat(checkpoint.values(name)).hasSize((int) tensor.elements()));
        }
    }

    private static void contract(String json) {
        PreprocessingContract contract = PreprocessingContractJson.read(json);
        assertThat(PreprocessingContractJson.read(PreprocessingContractJson.write(contract)))
                .isEqualTo(contract);
    }

    private static void readOrRefuse(Runnable reader) {
        try {
            reader.run();
        } catch (FoveaException e) {
            assertThat(e.code().kind()).as(e.toString()).isEqualTo(ErrorCode.Kind.BAD_INPUT);
        }
    }
}
