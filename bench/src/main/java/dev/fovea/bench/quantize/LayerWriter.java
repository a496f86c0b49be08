package dev.fovea.bench.quantize;

import static dev.fovea.model.graph.GraphBuilder.integer;
import static dev.fovea.model.graph.GraphBuilder.ints;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.fovea.model.graph.GraphBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Writes single layers with random weights into a graph; each returns the name of its output. */
final class LayerWriter {

    private final GraphBuilder graph;
    private final SplittableRandom random = new SplittableRandom(1);
    private int layers;

    LayerWriter(GraphBuilder graph) {
        this.graph = graph;
    }

    String activated(String x, boolean swish) {
        return swish ? hardSwish(x) : relu(x);
    }

    String dense(String x, int from, int to) {
        String weight = graph.weights(
                next("weight"), List.of((long) from, (long) to), normal(from * to, Math.sqrt(1.0 / from)));
        String bias = graph.weights(next("bias"), List.of((long) to), normal(to, 0.02));
        return add(graph.node("MatMul", next("matmul"), List.of(x, weight)), bias);
    }

    String norm(String x, int width) {
        String scale = graph.weights(next("gamma"), List.of((long) width), constant(width, 1));
        String shift = graph.weights(next("beta"), List.of((long) width), constant(width, 0));
        return graph.node("LayerNormalization", next("norm"), List.of(x, scale, shift), integer("axis", -1));
    }

    /** Hendrycks and Gimpel 2016: {@code x/2 · (1 + erf(x/√2))}. */
    String gelu(String x) {
        String root = graph.weights(next("root"), List.of(), new float[] {(float) Math.sqrt(2)});
        String one = graph.weights(next("one"), List.of(), new float[] {1});
        String half = graph.weights(next("half"), List.of(), new float[] {0.5f});
        String erf = graph.node("Erf", next("erf"), List.of(graph.node("Div", next("div"), List.of(x, root))));
        String share = graph.node("Mul", next("mul"), List.of(x, graph.node("Add", next("add"), List.of(erf, one))));
        return graph.node("Mul", next("mul"), List.of(share, half));
    }

    String convolution(String x, int from, int to, int kernel, int stride, int groups) {
        return convolution(x, from, to, kernel, stride, groups, kernel / 2);
    }

    String convolution(String x, int from, int to, int kernel, int stride, int groups, int pad) {
        int fanIn = from / groups * kernel * kernel;
        List<Long> shape = List.of((long) to, (long) (from / groups), (long) kernel, (long) kernel);
        String weight = graph.weights(next("weight"), shape, normal(to * fanIn, Math.sqrt(2.0 / fanIn)));
        String bias = graph.weights(next("bias"), List.of((long) to), normal(to, 0.05));
        return graph.node(
                "Conv",
                next("conv"),
                List.of(x, weight, bias),
                ints("kernel_shape", kernel, kernel),
                ints("strides", stride, stride),
                ints("pads", pad, pad, pad, pad),
                integer("group", groups));
    }

    String add(String one, String other) {
        return graph.node("Add", next("add"), List.of(one, other));
    }

    String relu(String x) {
        return graph.node("Relu", next("relu"), List.of(x));
    }

    String relu6(String x) {
        String low = graph.weights(next("low"), List.of(), new float[] {0});
        String high = graph.weights(next("high"), List.of(), new float[] {6});
        return graph.node("Clip", next("clip"), List.of(x, low, high));
    }

    /** As exporters of operator set 13 write it. */
    String hardSwish(String x) {
        return graph.node(
                "Mul", next("swish"), List.of(x, graph.node("HardSigmoid", next("hard"), List.of(x), sixth())));
    }

    private static AttributeProto sixth() {
        return GraphBuilder.number("alpha", 1f / 6);
    }

    String next(String type) {
        return "%s_%d".formatted(type, layers++);
    }

    float[] normal(int count, double deviation) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return values;
    }

    static float[] constant(int count, float value) {
        float[] values = new float[count];
        Arrays.fill(values, value);
        return values;
    }
}
