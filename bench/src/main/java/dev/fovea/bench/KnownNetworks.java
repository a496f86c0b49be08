package dev.fovea.bench;

import static dev.fovea.model.GraphBuilder.BATCH;
import static dev.fovea.model.GraphBuilder.integer;
import static dev.fovea.model.GraphBuilder.ints;

import dev.fovea.model.GraphBuilder;
import dev.fovea.model.OnnxModel;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Graphs with the shapes of published classifiers at 224 pixels and 1,000 labels, with random weights: they run as fast
 * as the real ones and know nothing. Normalisations are taken as folded.
 */
final class KnownNetworks {

    private static final int CLASSES = 1000;

    private final GraphBuilder graph;
    private final SplittableRandom random = new SplittableRandom(1);
    private int layers;

    private KnownNetworks(String name) {
        this.graph = new GraphBuilder(name);
    }

    /** He et al. 2016, <i>Deep Residual Learning for Image Recognition</i>, table 1, 18 layers. */
    static OnnxModel resnet18() {
        KnownNetworks network = new KnownNetworks("resnet18");
        String x = network.stem();
        int width = 64;
        for (int stage = 0; stage < 4; stage++) {
            for (int block = 0; block < 2; block++) {
                int to = 64 << stage;
                x = network.basic(x, width, to, stage > 0 && block == 0 ? 2 : 1);
                width = to;
            }
        }
        return network.head(x, width);
    }

    /** The same, 50 layers. */
    static OnnxModel resnet50() {
        KnownNetworks network = new KnownNetworks("resnet50");
        String x = network.stem();
        int[] blocks = {3, 4, 6, 3};
        int width = 64;
        for (int stage = 0; stage < 4; stage++) {
            for (int block = 0; block < blocks[stage]; block++) {
                x = network.bottleneck(x, width, 64 << stage, stage > 0 && block == 0 ? 2 : 1);
                width = 256 << stage;
            }
        }
        return network.head(x, width);
    }

    /** Sandler et al. 2018, <i>MobileNetV2</i>, table 2. */
    static OnnxModel mobilenetV2() {
        KnownNetworks network = new KnownNetworks("mobilenetv2");
        int[][] stages = {
            {1, 16, 1, 1}, {6, 24, 2, 2}, {6, 32, 3, 2}, {6, 64, 4, 2}, {6, 96, 3, 1}, {6, 160, 3, 2}, {6, 320, 1, 1}
        };
        return network.mobile(32, stages, 3, 1280);
    }

    /** EfficientNet-Lite0: Tan and Le 2019, table 1, without squeeze-and-excite and with ReLU6. */
    static OnnxModel efficientnetLite0() {
        KnownNetworks network = new KnownNetworks("efficientnet-lite0");
        int[][] stages = {
            {1, 16, 1, 1, 3},
            {6, 24, 2, 2, 3},
            {6, 40, 2, 2, 5},
            {6, 80, 3, 2, 3},
            {6, 112, 3, 1, 5},
            {6, 192, 4, 2, 5},
            {6, 320, 1, 1, 3}
        };
        return network.mobile(32, stages, 3, 1280);
    }

    /** Howard et al. 2019, <i>Searching for MobileNetV3</i>, table 2: squeeze-and-excite and hard swish. */
    static OnnxModel mobilenetV3Small() {
        KnownNetworks network = new KnownNetworks("mobilenetv3-small");
        // kernel, expanded, out, squeeze-and-excite, hard swish, stride
        int[][] blocks = {
            {3, 16, 16, 1, 0, 2},
            {3, 72, 24, 0, 0, 2},
            {3, 88, 24, 0, 0, 1},
            {5, 96, 40, 1, 1, 2},
            {5, 240, 40, 1, 1, 1},
            {5, 240, 40, 1, 1, 1},
            {5, 120, 48, 1, 1, 1},
            {5, 144, 48, 1, 1, 1},
            {5, 288, 96, 1, 1, 2},
            {5, 576, 96, 1, 1, 1},
            {5, 576, 96, 1, 1, 1}
        };
        String x = network.hardSwish(network.convolution(network.input(), 3, 16, 3, 2, 1));
        int width = 16;
        for (int[] block : blocks) {
            x = network.searched(x, width, block);
            width = block[2];
        }
        return network.head(network.hardSwish(network.convolution(x, width, 576, 1, 1, 1)), 576);
    }

    /**
     * Touvron et al. 2021, <i>Training data-efficient image transformers</i>, DeiT-Ti: patches of 16, 12 blocks, width
     * 192.
     */
    static OnnxModel vitTiny() {
        return new KnownNetworks("vit-tiny").transformer(192, 12, 3);
    }

    private String input() {
        return graph.input("input", BATCH, 3, 224, 224);
    }

    private String stem() {
        String x = relu(convolution(input(), 3, 64, 7, 2, 1));
        return graph.node(
                "MaxPool",
                next("pool"),
                List.of(x),
                ints("kernel_shape", 3, 3),
                ints("strides", 2, 2),
                ints("pads", 1, 1, 1, 1));
    }

    private String basic(String x, int from, int to, int stride) {
        String branch = convolution(relu(convolution(x, from, to, 3, stride, 1)), to, to, 3, 1, 1);
        return relu(add(branch, from == to && stride == 1 ? x : convolution(x, from, to, 1, stride, 1)));
    }

    private String bottleneck(String x, int from, int width, int stride) {
        String branch = relu(convolution(x, from, width, 1, 1, 1));
        branch = relu(convolution(branch, width, width, 3, stride, 1));
        branch = convolution(branch, width, 4 * width, 1, 1, 1);
        boolean plain = from == 4 * width && stride == 1;
        return relu(add(branch, plain ? x : convolution(x, from, 4 * width, 1, stride, 1)));
    }

    /** Stages of expansion, width, blocks, stride and, if given, kernel. */
    private OnnxModel mobile(int first, int[][] stages, int kernel, int last) {
        String x = relu6(convolution(input(), 3, first, 3, 2, 1));
        int width = first;
        for (int[] stage : stages) {
            for (int block = 0; block < stage[2]; block++) {
                int stride = block == 0 ? stage[3] : 1;
                x = inverted(x, width, stage[0], stage[1], stride, stage.length > 4 ? stage[4] : kernel);
                width = stage[1];
            }
        }
        return head(relu6(convolution(x, width, last, 1, 1, 1)), last);
    }

    private String inverted(String x, int from, int expansion, int to, int stride, int kernel) {
        int wide = from * expansion;
        String branch = expansion == 1 ? x : relu6(convolution(x, from, wide, 1, 1, 1));
        branch = relu6(convolution(branch, wide, wide, kernel, stride, wide));
        branch = convolution(branch, wide, to, 1, 1, 1);
        return from == to && stride == 1 ? add(branch, x) : branch;
    }

    private String searched(String x, int from, int[] block) {
        int wide = block[1];
        boolean swish = block[4] == 1;
        String branch = activated(convolution(x, from, wide, 1, 1, 1), swish);
        branch = activated(convolution(branch, wide, wide, block[0], block[5], wide), swish);
        if (block[3] == 1) {
            String squeezed = graph.node("GlobalAveragePool", next("squeeze"), List.of(branch));
            squeezed = relu(convolution(squeezed, wide, Math.max(8, wide / 4), 1, 1, 1));
            squeezed = convolution(squeezed, Math.max(8, wide / 4), wide, 1, 1, 1);
            branch = graph.node(
                    "Mul", next("mul"), List.of(branch, graph.node("HardSigmoid", next("gate"), List.of(squeezed))));
        }
        branch = convolution(branch, wide, block[2], 1, 1, 1);
        return from == block[2] && block[5] == 1 ? add(branch, x) : branch;
    }

    private String activated(String x, boolean swish) {
        return swish ? hardSwish(x) : relu(x);
    }

    private OnnxModel transformer(int width, int blocks, int heads) {
        String x = convolution(input(), 3, width, 16, 16, 1, 0);
        x = graph.node("Reshape", next("reshape"), List.of(x, graph.integers("patches", 0, width, 196)));
        x = graph.node("Transpose", next("transpose"), List.of(x), ints("perm", 0, 2, 1));
        x = add(x, graph.weights("positions", List.of(1L, 196L, (long) width), normal(196 * width, 0.02)));
        graph.integers("heads", 0, 196, heads, width / heads);
        graph.integers("joined", 0, 196, width);
        for (int block = 0; block < blocks; block++) {
            x = add(x, attention(norm(x, width), width, width / heads));
            String hidden = gelu(dense(norm(x, width), width, 4 * width));
            x = add(x, dense(hidden, 4 * width, width));
        }
        x = graph.node("Transpose", next("transpose"), List.of(norm(x, width)), ints("perm", 0, 2, 1));
        graph.integers("square", 0, width, 14, 14);
        return head(graph.node("Reshape", next("reshape"), List.of(x, "square")), width);
    }

    private String attention(String x, int width, int each) {
        String queries = split(dense(x, width, width), 0, 2, 1, 3);
        String keys = split(dense(x, width, width), 0, 2, 3, 1);
        String values = split(dense(x, width, width), 0, 2, 1, 3);
        String scores = graph.node("MatMul", next("matmul"), List.of(queries, keys));
        String scale = graph.weights(next("scale"), List.of(), new float[] {(float) (1 / Math.sqrt(each))});
        scores = graph.node("Mul", next("mul"), List.of(scores, scale));
        scores = graph.node("Softmax", next("softmax"), List.of(scores), integer("axis", -1));
        String mixed = graph.node("MatMul", next("matmul"), List.of(scores, values));
        mixed = graph.node("Transpose", next("transpose"), List.of(mixed), ints("perm", 0, 2, 1, 3));
        return dense(graph.node("Reshape", next("reshape"), List.of(mixed, "joined")), width, width);
    }

    private String split(String x, long... order) {
        String heads = graph.node("Reshape", next("reshape"), List.of(x, "heads"));
        return graph.node("Transpose", next("transpose"), List.of(heads), ints("perm", order));
    }

    private String dense(String x, int from, int to) {
        String weight = graph.weights(
                next("weight"), List.of((long) from, (long) to), normal(from * to, Math.sqrt(1.0 / from)));
        String bias = graph.weights(next("bias"), List.of((long) to), normal(to, 0.02));
        return add(graph.node("MatMul", next("matmul"), List.of(x, weight)), bias);
    }

    private String norm(String x, int width) {
        String scale = graph.weights(next("gamma"), List.of((long) width), constant(width, 1));
        String shift = graph.weights(next("beta"), List.of((long) width), constant(width, 0));
        return graph.node("LayerNormalization", next("norm"), List.of(x, scale, shift), integer("axis", -1));
    }

    /** Hendrycks and Gimpel 2016: {@code x/2 · (1 + erf(x/√2))}. */
    private String gelu(String x) {
        String root = graph.weights(next("root"), List.of(), new float[] {(float) Math.sqrt(2)});
        String one = graph.weights(next("one"), List.of(), new float[] {1});
        String half = graph.weights(next("half"), List.of(), new float[] {0.5f});
        String erf = graph.node("Erf", next("erf"), List.of(graph.node("Div", next("div"), List.of(x, root))));
        String share = graph.node("Mul", next("mul"), List.of(x, graph.node("Add", next("add"), List.of(erf, one))));
        return graph.node("Mul", next("mul"), List.of(share, half));
    }

    private String convolution(String x, int from, int to, int kernel, int stride, int groups) {
        return convolution(x, from, to, kernel, stride, groups, kernel / 2);
    }

    private String convolution(String x, int from, int to, int kernel, int stride, int groups, int pad) {
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

    private OnnxModel head(String x, int width) {
        String mean = graph.node("GlobalAveragePool", next("mean"), List.of(x));
        String flat = graph.node("Flatten", next("flat"), List.of(mean), integer("axis", 1));
        String weight = graph.weights(
                "head.weight", List.of((long) CLASSES, (long) width), normal(CLASSES * width, Math.sqrt(1.0 / width)));
        String bias = graph.weights("head.bias", List.of((long) CLASSES), constant(CLASSES, 0));
        graph.node("Gemm", "logits", List.of(flat, weight, bias), integer("transB", 1));
        return graph.output("logits", BATCH, CLASSES).build();
    }

    private String add(String one, String other) {
        return graph.node("Add", next("add"), List.of(one, other));
    }

    private String relu(String x) {
        return graph.node("Relu", next("relu"), List.of(x));
    }

    private String relu6(String x) {
        String low = graph.weights(next("low"), List.of(), new float[] {0});
        String high = graph.weights(next("high"), List.of(), new float[] {6});
        return graph.node("Clip", next("clip"), List.of(x, low, high));
    }

    /** As exporters of operator set 13 write it. */
    private String hardSwish(String x) {
        return graph.node(
                "Mul", next("swish"), List.of(x, graph.node("HardSigmoid", next("hard"), List.of(x), sixth())));
    }

    private static ai.onnx.proto.OnnxMl.AttributeProto sixth() {
        return GraphBuilder.number("alpha", 1f / 6);
    }

    private String next(String type) {
        return "%s_%d".formatted(type, layers++);
    }

    private float[] normal(int count, double deviation) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return values;
    }

    private static float[] constant(int count, float value) {
        float[] values = new float[count];
        java.util.Arrays.fill(values, value);
        return values;
    }
}
