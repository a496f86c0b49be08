package dev.fovea.bench.quantize;

import static dev.fovea.model.graph.GraphBuilder.BATCH;
import static dev.fovea.model.graph.GraphBuilder.integer;
import static dev.fovea.model.graph.GraphBuilder.ints;

import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.OnnxModel;
import java.util.List;

/**
 * Graphs with the shapes of published classifiers at 224 pixels and 1,000 labels, with random weights, for speed only.
 * Normalisation is folded.
 */
public final class KnownNetworks {

    private static final int CLASSES = 1000;

    private final GraphBuilder graph;
    private final LayerWriter layers;

    private KnownNetworks(String name) {
        this.graph = new GraphBuilder(name);
        this.layers = new LayerWriter(graph);
    }

    /** He et al. 2016, <i>Deep Residual Learning for Image Recognition</i>, table 1, 18 layers. */
    public static OnnxModel resnet18() {
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
    public static OnnxModel mobilenetV2() {
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
        String x = network.layers.hardSwish(network.layers.convolution(network.input(), 3, 16, 3, 2, 1));
        int width = 16;
        for (int[] block : blocks) {
            x = network.searched(x, width, block);
            width = block[2];
        }
        return network.head(network.layers.hardSwish(network.layers.convolution(x, width, 576, 1, 1, 1)), 576);
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
        String x = layers.relu(layers.convolution(input(), 3, 64, 7, 2, 1));
        return graph.node(
                "MaxPool",
                layers.next("pool"),
                List.of(x),
                ints("kernel_shape", 3, 3),
                ints("strides", 2, 2),
                ints("pads", 1, 1, 1, 1));
    }

    private String basic(String x, int from, int to, int stride) {
        String branch = layers.convolution(layers.relu(layers.convolution(x, from, to, 3, stride, 1)), to, to, 3, 1, 1);
        return layers.relu(
                layers.add(branch, from == to && stride == 1 ? x : layers.convolution(x, from, to, 1, stride, 1)));
    }

    private String bottleneck(String x, int from, int width, int stride) {
        String branch = layers.relu(layers.convolution(x, from, width, 1, 1, 1));
        branch = layers.relu(layers.convolution(branch, width, width, 3, stride, 1));
        branch = layers.convolution(branch, width, 4 * width, 1, 1, 1);
        boolean plain = from == 4 * width && stride == 1;
        return layers.relu(layers.add(branch, plain ? x : layers.convolution(x, from, 4 * width, 1, stride, 1)));
    }

    /** Stages of expansion, width, blocks, stride and, if given, kernel. */
    private OnnxModel mobile(int first, int[][] stages, int kernel, int last) {
        String x = layers.relu6(layers.convolution(input(), 3, first, 3, 2, 1));
        int width = first;
        for (int[] stage : stages) {
            for (int block = 0; block < stage[2]; block++) {
                int stride = block == 0 ? stage[3] : 1;
                x = inverted(x, width, stage[0], stage[1], stride, stage.length > 4 ? stage[4] : kernel);
                width = stage[1];
            }
        }
        return head(layers.relu6(layers.convolution(x, width, last, 1, 1, 1)), last);
    }

    private String inverted(String x, int from, int expansion, int to, int stride, int kernel) {
        int wide = from * expansion;
        String branch = expansion == 1 ? x : layers.relu6(layers.convolution(x, from, wide, 1, 1, 1));
        branch = layers.relu6(layers.convolution(branch, wide, wide, kernel, stride, wide));
        branch = layers.convolution(branch, wide, to, 1, 1, 1);
        return from == to && stride == 1 ? layers.add(branch, x) : branch;
    }

    private String searched(String x, int from, int[] block) {
        int wide = block[1];
        boolean swish = block[4] == 1;
        String branch = layers.activated(layers.convolution(x, from, wide, 1, 1, 1), swish);
        branch = layers.activated(layers.convolution(branch, wide, wide, block[0], block[5], wide), swish);
        if (block[3] == 1) {
            String squeezed = graph.node("GlobalAveragePool", layers.next("squeeze"), List.of(branch));
            squeezed = layers.relu(layers.convolution(squeezed, wide, Math.max(8, wide / 4), 1, 1, 1));
            squeezed = layers.convolution(squeezed, Math.max(8, wide / 4), wide, 1, 1, 1);
            branch = graph.node(
                    "Mul",
                    layers.next("mul"),
                    List.of(branch, graph.node("HardSigmoid", layers.next("gate"), List.of(squeezed))));
        }
        branch = layers.convolution(branch, wide, block[2], 1, 1, 1);
        return from == block[2] && block[5] == 1 ? layers.add(branch, x) : branch;
    }

    private OnnxModel transformer(int width, int blocks, int heads) {
        String x = layers.convolution(input(), 3, width, 16, 16, 1, 0);
        x = graph.node("Reshape", layers.next("reshape"), List.of(x, graph.integers("patches", 0, width, 196)));
        x = graph.node("Transpose", layers.next("transpose"), List.of(x), ints("perm", 0, 2, 1));
        x = layers.add(
                x, graph.weights("positions", List.of(1L, 196L, (long) width), layers.normal(196 * width, 0.02)));
        graph.integers("heads", 0, 196, heads, width / heads);
        graph.integers("joined", 0, 196, width);
        for (int block = 0; block < blocks; block++) {
            x = layers.add(x, attention(layers.norm(x, width), width, width / heads));
            String hidden = layers.gelu(layers.dense(layers.norm(x, width), width, 4 * width));
            x = layers.add(x, layers.dense(hidden, 4 * width, width));
        }
        x = graph.node("Transpose", layers.next("transpose"), List.of(layers.norm(x, width)), ints("perm", 0, 2, 1));
        graph.integers("square", 0, width, 14, 14);
        return head(graph.node("Reshape", layers.next("reshape"), List.of(x, "square")), width);
    }

    private String attention(String x, int width, int each) {
        String queries = split(layers.dense(x, width, width), 0, 2, 1, 3);
        String keys = split(layers.dense(x, width, width), 0, 2, 3, 1);
        String values = split(layers.dense(x, width, width), 0, 2, 1, 3);
        String scores = graph.node("MatMul", layers.next("matmul"), List.of(queries, keys));
        String scale = graph.weights(layers.next("scale"), List.of(), new float[] {(float) (1 / Math.sqrt(each))});
        scores = graph.node("Mul", layers.next("mul"), List.of(scores, scale));
        scores = graph.node("Softmax", layers.next("softmax"), List.of(scores), integer("axis", -1));
        String mixed = graph.node("MatMul", layers.next("matmul"), List.of(scores, values));
        mixed = graph.node("Transpose", layers.next("transpose"), List.of(mixed), ints("perm", 0, 2, 1, 3));
        return layers.dense(graph.node("Reshape", layers.next("reshape"), List.of(mixed, "joined")), width, width);
    }

    private String split(String x, long... order) {
        String heads = graph.node("Reshape", layers.next("reshape"), List.of(x, "heads"));
        return graph.node("Transpose", layers.next("transpose"), List.of(heads), ints("perm", order));
    }

    private OnnxModel head(String x, int width) {
        String mean = graph.node("GlobalAveragePool", layers.next("mean"), List.of(x));
        String flat = graph.node("Flatten", layers.next("flat"), List.of(mean), integer("axis", 1));
        String weight = graph.weights(
                "head.weight",
                List.of((long) CLASSES, (long) width),
                layers.normal(CLASSES * width, Math.sqrt(1.0 / width)));
        String bias = graph.weights("head.bias", List.of((long) CLASSES), LayerWriter.constant(CLASSES, 0));
        graph.node("Gemm", "logits", List.of(flat, weight, bias), integer("transB", 1));
        return graph.output("logits", BATCH, CLASSES).build();
    }
}
