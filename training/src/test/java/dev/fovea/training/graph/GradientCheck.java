package dev.fovea.training.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.fovea.model.graph.GraphEdits;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.training.OnnxSession;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The gradient of a random weighting of a graph's outputs, by the engine, beside central differences of the same
 * through ONNX Runtime.
 */
final class GradientCheck implements AutoCloseable {

    private static final double RELATIVE = 1e-2;
    private static final int SAMPLED = 24;

    private final NDManager root = NDManager.newBaseManager();
    private final TrainableGraph graph;
    private final OnnxModel model;
    private final long[] shape;
    private final float[] input;
    private final float[] gradientOfInput;
    private final Map<String, float[]> gradients = new LinkedHashMap<>();
    private final float[] weighting;

    GradientCheck(OnnxModel original, long[] shape, float[] input) {
        this.graph = new TrainableGraph(original, root, true);
        this.model = GraphEdits.withSymbolicBatch(original);
        this.shape = shape;
        this.input = input;
        try (NDManager pass = root.newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray images = pass.create(input, new Shape(shape));
            images.setRequiresGradient(true);
            NDArray output = graph.output(images);
            weighting = TrainableGraphTest.random((int) output.size(), 23, 1);
            collector.backward(
                    output.mul(pass.create(weighting, output.getShape())).sum());
            gradientOfInput = images.getGradient().toFloatArray();
            graph.parameters()
                    .forEach(each -> gradients.put(
                            each.name(), each.array().getGradient().toFloatArray()));
        }
    }

    /** Compares some elements one by one. */
    void requireGradientOfInput(float step) throws Exception {
        double largest = 0;
        for (float value : gradientOfInput) {
            largest = Math.max(largest, Math.abs(value));
        }
        try (OnnxSession session = new OnnxSession(model)) {
            SplittableRandom random = new SplittableRandom(5);
            for (int i = 0; i < SAMPLED; i++) {
                int element = random.nextInt(input.length);
                double numeric = (moved(session, element, step) - moved(session, element, -step)) / (2 * (double) step);
                double analytic = gradientOfInput[element];
                assertThat(analytic)
                        .as("element %d of the input", element)
                        .isCloseTo(numeric, within(RELATIVE * Math.max(Math.abs(analytic), 0.1 * largest) + 1e-4));
            }
        }
    }

    private double moved(OnnxSession session, int element, float step) {
        float[] values = input.clone();
        values[element] += step;
        return weighted(session.run(values, shape));
    }

    /** Compares the slope along the gradient and along a random direction for each tensor. */
    void requireGradientsOfWeights(float step) throws Exception {
        for (Map.Entry<String, float[]> each : gradients.entrySet()) {
            float[] gradient = each.getValue();
            double length = Math.sqrt(dot(gradient, gradient));
            if (length == 0) {
                continue;
            }
            float[] along = gradient.clone();
            float[] random =
                    TrainableGraphTest.random(gradient.length, each.getKey().hashCode(), 1);
            double other = Math.sqrt(dot(random, random));
            for (int i = 0; i < along.length; i++) {
                along[i] /= (float) length;
                random[i] /= (float) other;
            }
            assertThat(slope(each.getKey(), along, step))
                    .as("slope of %s along its gradient", each.getKey())
                    .isCloseTo(length, within(RELATIVE * length + 1e-4));
            assertThat(slope(each.getKey(), random, step))
                    .as("slope of %s along a random direction", each.getKey())
                    .isCloseTo(dot(random, gradient), within(RELATIVE * length + 1e-4));
        }
    }

    private double slope(String name, float[] direction, float step) throws Exception {
        return (at(name, direction, step) - at(name, direction, -step)) / (2 * (double) step);
    }

    private double at(String name, float[] direction, float step) throws Exception {
        Map<String, float[]> values = new HashMap<>(graph.snapshot());
        float[] moved = values.get(name).clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += step * direction[i];
        }
        values.put(name, moved);
        try (OnnxSession session = new OnnxSession(graph.export(values))) {
            return weighted(session.run(input, shape));
        }
    }

    private double weighted(float[] output) {
        return dot(output, weighting);
    }

    private static double dot(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * (double) other[i];
        }
        return sum;
    }

    @Override
    public void close() {
        graph.close();
        root.close();
    }
}
