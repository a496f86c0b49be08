package dev.fovea.quantize;

import static dev.fovea.model.graph.GraphBuilder.BATCH;
import static dev.fovea.model.graph.GraphBuilder.integer;
import static dev.fovea.model.graph.GraphBuilder.ints;

import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small networks and inputs that tests make. */
public final class Networks {

    private Networks() {}

    /** Inputs {@code [1, channels, edge, edge]} that differ, smooth as images are. */
    public static List<Tensor> inputs(int count, int channels, int edge) {
        List<Tensor> inputs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Random random = new Random(100 + i);
            double phase = random.nextDouble() * 6;
            double tilt = random.nextGaussian();
            float[] values = new float[channels * edge * edge];
            for (int j = 0; j < values.length; j++) {
                int x = j % edge;
                int y = j / edge % edge;
                values[j] = (float) (Math.sin(phase + 0.3 * x + tilt * 0.2 * y) + 0.3 * random.nextGaussian());
            }
            inputs.add(Tensor.of("input", new long[] {1, channels, edge, edge}, values));
        }
        return inputs;
    }

    public static String convolution(
            GraphBuilder graph, String x, String name, int from, int to, int kernel, int groups) {
        String weight = graph.weights(
                name + ".w",
                List.of((long) to, (long) from / groups, (long) kernel, (long) kernel),
                normal(
                        name.hashCode(),
                        to * from / groups * kernel * kernel,
                        1.4 / Math.sqrt(from * kernel * kernel / (double) groups)));
        String bias = graph.weights(name + ".b", List.of((long) to), normal(7 + name.hashCode(), to, 0.1));
        int pad = kernel / 2;
        return graph.node(
                "Conv",
                name,
                List.of(x, weight, bias),
                ints("kernel_shape", kernel, kernel),
                ints("pads", pad, pad, pad, pad),
                integer("group", groups));
    }

    public static float[] normal(long seed, int count, double deviation) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return values;
    }

    /** Convolutions with a shortcut, a Concat, a squeeze-and-excite block and SiLU, then a classifier. */
    public static OnnxModel mixed() {
        GraphBuilder graph = new GraphBuilder("mixed");
        String x = graph.input("input", BATCH, 3, 32, 32);
        String a = graph.node("Relu", "a", List.of(convolution(graph, x, "c1", 3, 16, 3, 1)));
        String b = convolution(graph, a, "c2", 16, 16, 3, 16);
        String silu = graph.node("Mul", "silu", List.of(b, graph.node("Sigmoid", "gate", List.of(b))));
        String sum = graph.node("Relu", "sum", List.of(graph.node("Add", "add", List.of(silu, a))));
        String left = graph.node("Relu", "left", List.of(convolution(graph, sum, "c3", 16, 8, 1, 1)));
        String both = graph.node(
                "Concat", "both", List.of(left, convolution(graph, sum, "c4", 16, 8, 3, 1)), integer("axis", 1));
        String squeezed = graph.node("GlobalAveragePool", "squeezed", List.of(both));
        String excited =
                graph.node("HardSigmoid", "excited", List.of(convolution(graph, squeezed, "c5", 16, 16, 1, 1)));
        String scaled = graph.node("Mul", "scaled", List.of(both, excited));
        String pooled =
                graph.node("MaxPool", "pooled", List.of(scaled), ints("kernel_shape", 2, 2), ints("strides", 2, 2));
        String last = graph.node("Relu", "last", List.of(convolution(graph, pooled, "c6", 16, 24, 3, 1)));
        String mean = graph.node("Flatten", "flat", List.of(graph.node("GlobalAveragePool", "mean", List.of(last))));
        String weight = graph.weights("fc.w", List.of(5L, 24L), normal(3, 120, 0.3));
        String logits = graph.node(
                "Gemm",
                "logits",
                List.of(mean, weight, graph.weights("fc.b", List.of(5L), normal(4, 5, 0.1))),
                integer("transB", 1));
        graph.node("Softmax", "probabilities", List.of(logits), integer("axis", 1));
        return graph.output("probabilities", BATCH, 5).build();
    }

    /** The same graph as if it had been written for an older operator set. */
    static OnnxModel ofSet(OnnxModel model, long version) {
        return OnnxModel.of(model.proto().toBuilder()
                .clearOpsetImport()
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(version))
                .build());
    }
}
