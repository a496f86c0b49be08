package dev.fovea.training.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.training.operator.GraphMode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Gradients of whole networks beside PyTorch's own, for the files that PyTorch exports. The variable
 * {@code TRAINING_PYTHON} names a Python with torch, torchvision and timm; without one the test is skipped and says so.
 */
class PyTorchGradientsTest {

    private static final String VARIABLE = "TRAINING_PYTHON";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "squeezenet1_1",
                "resnet18",
                "mobilenet_v2",
                "mobilenet_v3_small",
                "timm:vit_tiny_patch16_224",
                "timm:convnext_atto"
            })
    void shouldBeThoseOfPyTorch(String network) throws Exception {
        List<String> lines = run(network);
        long[] shape = Arrays.stream(lines.getFirst().split(" "))
                .skip(1)
                .mapToLong(Long::parseLong)
                .toArray();
        int compared = 0;
        try (NDManager root = NDManager.newBaseManager();
                TrainableGraph graph = new TrainableGraph(OnnxModel.read(folder.resolve("model.onnx")), root, true);
                NDManager pass = root.newSubManager()) {
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray images = pass.create(floats("images"), new Shape(shape));
                NDArray scores = graph.forward(images, GraphMode.INFERENCE);
                collector.backward(scores.logSoftmax(1).get(":, 0").mean().neg());
            }
            for (GraphParameter parameter : graph.parameters()) {
                if (Files.exists(folder.resolve(parameter.name() + ".f32"))) {
                    requireSame(parameter, floats(parameter.name()));
                    compared++;
                }
            }
        }
        assertThat(compared).isEqualTo(lines.size() - 1);
    }

    private static void requireSame(GraphParameter parameter, float[] expected) {
        float[] actual = parameter.array().getGradient().toFloatArray();
        assertThat(actual).as(parameter.name()).hasSameSizeAs(expected);
        double difference = 0;
        double length = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow(actual[i] - (double) expected[i], 2);
            length += Math.pow(expected[i], 2);
        }
        assertThat(Math.sqrt(difference))
                .as("difference of the gradient of %s, whose length is %s", parameter.name(), Math.sqrt(length))
                .isCloseTo(0, within(1e-2 * Math.sqrt(length) + 1e-7));
    }

    private List<String> run(String network) throws Exception {
        String python = System.getenv().getOrDefault(VARIABLE, "python3");
        String needed = network.startsWith("timm:") ? "timm" : "torchvision";
        Assumptions.assumeTrue(
                succeeds(python, "import torch, " + needed),
                "SKIPPED: %s has no torch and %s; set %s to a Python that has.".formatted(python, needed, VARIABLE));
        Path script = folder.resolve("torch_gradients.py");
        try (InputStream source =
                Objects.requireNonNull(PyTorchGradientsTest.class.getResourceAsStream("torch_gradients.py"))) {
            Files.write(script, source.readAllBytes());
        }
        Path errors = folder.resolve("errors");
        Process process = new ProcessBuilder(python, script.toString(), network, folder.toString())
                .redirectError(errors.toFile())
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        assertThat(status).as(Files.readString(errors)).isZero();
        return said.lines()
                .filter(line -> line.startsWith("images ") || line.startsWith("parameter "))
                .toList();
    }

    private static boolean succeeds(String python, String program) throws InterruptedException {
        try {
            return new ProcessBuilder(python, "-c", program)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // no such program
        }
    }

    private float[] floats(String name) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(folder.resolve(name + ".f32")))
                .order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }
}
