package dev.fovea.training.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.fovea.imaging.Size;
import dev.fovea.model.graph.GraphEdits;
import dev.fovea.model.graph.NetworkBuilder;
import dev.fovea.model.graph.NetworkBuilder.Family;
import dev.fovea.model.graph.NetworkBuilder.Scale;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.graph.TypedOutput;
import dev.fovea.training.OnnxSession;
import dev.fovea.training.operator.GraphMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The gradient of a whole network's cross-entropy beside its slope through ONNX Runtime. */
class WholeGraphGradientsTest {

    /** The loss changes by so much between the two ends of a difference. */
    private static final double CHANGE = 4e-3;

    @Test
    void shouldHoldForSqueezeNet() throws Exception {
        Path path = Path.of(System.getProperty("fovea.shared.data", "absent"), "models", "squeezenet11-fp32.onnx");
        Assumptions.assumeTrue(Files.exists(path), "skipped: " + path + " is absent");
        requireGradients(OnnxModel.read(path), new long[] {2, 3, 224, 224}, 100);
    }

    @ParameterizedTest
    @EnumSource
    void shouldHoldForFreshNetworks(Family family) throws Exception {
        requireGradients(
                NetworkBuilder.build(family, Scale.SMALL, 3, Size.square(32), 4, 3), new long[] {4, 3, 32, 32}, 1);
    }

    @Test
    void shouldHoldForAVisionTransformer() throws Exception {
        requireGradients(TinyTransformer.build(), new long[] {3, 3, 16, 16}, 1);
    }

    private static void requireGradients(OnnxModel model, long[] shape, float range) throws Exception {
        float[] images = TrainableGraphTest.random((int) new Shape(shape).size(), 11, range);
        Map<String, float[]> gradients = new LinkedHashMap<>();
        try (NDManager root = NDManager.newBaseManager();
                TrainableGraph graph = new TrainableGraph(model, root, true)) {
            try (NDManager pass = root.newSubManager();
                    GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray scores = graph.forward(pass.create(images, new Shape(shape)), GraphMode.INFERENCE);
                collector.backward(scores.logSoftmax(1).get(":, 0").mean().neg());
                graph.parameters()
                        .forEach(each -> gradients.put(
                                each.name(), each.array().getGradient().toFloatArray()));
            }
            List<String> names = List.copyOf(gradients.keySet());
            requireSlope(graph, Map.copyOf(gradients), images, shape, "all weights");
            for (int i : new int[] {0, 1, names.size() / 2, names.size() - 2, names.size() - 1}) {
                requireSlope(graph, Map.of(names.get(i), gradients.get(names.get(i))), images, shape, names.get(i));
            }
        }
    }

    /** Along the gradient itself the slope is its length. */
    private static void requireSlope(
            TrainableGraph graph, Map<String, float[]> gradient, float[] images, long[] shape, String what)
            throws Exception {
        double square = 0;
        for (float[] values : gradient.values()) {
            for (float value : values) {
                square += (double) value * value;
            }
        }
        if (square == 0) {
            return; // below a normalisation that starts at zero
        }
        double step = CHANGE / 2 / square;
        double slope =
                (loss(graph, gradient, step, images, shape) - loss(graph, gradient, -step, images, shape)) / 2 / step;
        assertThat(slope).as("slope along the gradient of %s", what).isCloseTo(square, within(0.01 * square));
    }

    private static double loss(
            TrainableGraph graph, Map<String, float[]> gradient, double step, float[] images, long[] shape)
            throws Exception {
        Map<String, float[]> values = new HashMap<>(graph.snapshot());
        gradient.forEach((name, direction) -> {
            float[] moved = values.getOrDefault(name, new float[0]).clone();
            for (int i = 0; i < moved.length; i++) {
                moved[i] += (float) (step * direction[i]);
            }
            values.put(name, moved);
        });
        OnnxModel scored = GraphEdits.withOnlyOutput(graph.export(values), graph.scores());
        OnnxModel typed = TypedOutput.declare(scored, graph.scores(), "FLOAT", new long[0]);
        try (OnnxSession session = new OnnxSession(typed)) {
            float[] scores = session.run(images, shape);
            int classes = scores.length / (int) shape[0];
            double loss = 0;
            for (int i = 0; i < shape[0]; i++) {
                double sum = 0;
                for (int c = 0; c < classes; c++) {
                    sum += Math.exp(scores[i * classes + c] - scores[i * classes]);
                }
                loss += Math.log(sum) / shape[0];
            }
            return loss;
        }
    }
}
