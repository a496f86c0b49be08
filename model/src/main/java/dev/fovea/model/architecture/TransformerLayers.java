package dev.fovea.model.architecture;

import static dev.fovea.model.graph.GraphBuilder.integer;
import static dev.fovea.model.graph.GraphBuilder.ints;
import static dev.fovea.model.graph.GraphBuilder.number;

import java.util.List;

/** Layers on {@code [batch, …, features]}, whose last axis is the features. */
final class TransformerLayers {

    private final NetworkWriter writer;
    private final float epsilon;

    /** @param epsilon of layer normalisation */
    TransformerLayers(NetworkWriter writer, float epsilon) {
        this.writer = writer;
        this.epsilon = epsilon;
    }

    String layerNorm(String x, String name, int width) {
        return writer.node(
                "LayerNormalization",
                List.of(x, writer.stored(name + ".weight", width), writer.stored(name + ".bias", width)),
                integer("axis", -1),
                number("epsilon", epsilon));
    }

    String linear(String x, String name, int inputs, int outputs) {
        float[] weight = transposed(writer.values(name + ".weight", outputs, inputs), outputs, inputs);
        return linear(x, name, inputs, outputs, weight, writer.values(name + ".bias", outputs));
    }

    /** @param weight {@code [inputs, outputs]} */
    String linear(String x, String name, int inputs, int outputs, float[] weight, float[] bias) {
        String matrix = writer.derived(name + ".weight", List.of((long) inputs, (long) outputs), weight);
        String product = writer.operator("MatMul", x, matrix);
        return writer.operator("Add", product, writer.derived(name + ".bias", List.of((long) outputs), bias));
    }

    /** Two linear layers with GELU between them: Hendrycks and Gimpel 2016, by the error function. */
    String perceptron(String x, String name, int width, int hidden) {
        String y = linear(x, name + ".fc1", width, hidden);
        String error = writer.operator("Erf", writer.operator("Div", y, writer.constant((float) Math.sqrt(2))));
        String gate = writer.operator("Add", error, writer.constant(1));
        y = writer.operator("Mul", writer.operator("Mul", y, gate), writer.constant(0.5f));
        return linear(y, name + ".fc2", hidden, width);
    }

    String transpose(String x, long... order) {
        return writer.node("Transpose", List.of(x), ints("perm", order));
    }

    /** @param shape 0 keeps the axis at that place, −1 takes what is left */
    String reshape(String x, long... shape) {
        return writer.operator("Reshape", x, writer.integers(shape));
    }

    /** Rows become columns; nothing where no values are given. */
    static float[] transposed(float[] values, int rows, int columns) {
        float[] out = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            out[i % columns * rows + i / columns] = values[i];
        }
        return out;
    }
}
