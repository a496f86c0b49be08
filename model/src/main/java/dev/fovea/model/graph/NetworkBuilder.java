package dev.fovea.model.graph;

import static dev.fovea.model.graph.GraphBuilder.integer;
import static dev.fovea.model.graph.GraphBuilder.ints;
import static dev.fovea.model.graph.GraphBuilder.number;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Size;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Writes small image classifiers as ONNX graphs with fresh weights: input {@code [batch, channels, height, width]},
 * output {@code logits [batch, classes]}, no softmax. The same seed gives the same bytes.
 *
 * <p>Weights of convolutions are drawn as in He et al. 2015, <i>Delving Deep into Rectifiers</i>, eq. 10: normal with
 * variance 2 / fan-in. The last normalisation of a branch beside a plain shortcut starts at zero, so that the block
 * starts as the identity (Goyal et al. 2017, <i>Accurate, Large Minibatch SGD</i>, section 5.1); beside a projection it
 * starts at one, or a network of few blocks would see through 1×1 kernels only for most of a short training.
 */
public final class NetworkBuilder {

    /** How blocks are made. */
    public enum Family {
        /** Two 3×3 convolutions and a shortcut: He et al. 2016, <i>Deep Residual Learning</i>. */
        RESIDUAL,
        /** Inverted bottlenecks with depthwise convolutions: Sandler et al. 2018, <i>MobileNetV2</i>. */
        MOBILE
    }

    /** How wide and deep. */
    public enum Scale {
        SMALL,
        MEDIUM,
        LARGE
    }

    /** Blocks of one width; the first of them has the stride. */
    private record NetworkStage(int width, int blocks, int stride) {}

    private static final int MOBILE_EXPANSION = 4;

    private final GraphBuilder graph;
    private final SplittableRandom random;
    private int layers;

    private NetworkBuilder(String name, long seed) {
        this.graph = new GraphBuilder(name);
        this.random = new SplittableRandom(seed);
    }

    /**
     * A network with fresh weights.
     *
     * @param channels 3 or 1
     * @param size what the network sees, at least 32×32 pixels
     * @param classes at least 2
     */
    public static OnnxModel build(Family family, Scale scale, int channels, Size size, int classes, long seed) {
        if (channels < 1 || classes < 2 || size.height() < 32 || size.width() < 32) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "A network for %d classes of %d-channel images of %s pixels cannot be built; it needs 2 classes and 32×32 pixels or more."
                            .formatted(classes, channels, size));
        }
        String name = "%s-%s".formatted(family, scale).toLowerCase(java.util.Locale.ROOT);
        NetworkBuilder builder = new NetworkBuilder(name, seed);
        String input = builder.graph.input("input", GraphBuilder.BATCH, channels, size.height(), size.width());
        return switch (family) {
            case RESIDUAL -> builder.residual(scale, input, channels, classes);
            case MOBILE -> builder.mobile(scale, input, channels, classes);
        };
    }

    private OnnxModel residual(Scale scale, String input, int channels, int classes) {
        List<NetworkStage> stages = switch (scale) {
            case SMALL -> stages(new int[] {16, 32, 64, 128}, new int[] {1, 1, 1, 1});
            case MEDIUM -> stages(new int[] {24, 48, 96, 192}, new int[] {1, 2, 2, 1});
            case LARGE -> stages(new int[] {32, 64, 128, 256}, new int[] {2, 2, 2, 2});
        };
        int width = stages.getFirst().width();
        String x = relu(convolution(input, channels, width, 3, 2, 1, 1));
        for (NetworkStage stage : stages) {
            for (int block = 0; block < stage.blocks(); block++) {
                x = residualBlock(x, width, stage.width(), block == 0 ? stage.stride() : 1);
                width = stage.width();
            }
        }
        return head(x, width, classes);
    }

    private static List<NetworkStage> stages(int[] widths, int[] blocks) {
        List<NetworkStage> stages = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            stages.add(new NetworkStage(widths[i], blocks[i], i == 0 ? 1 : 2));
        }
        return stages;
    }

    private String residualBlock(String x, int from, int to, int stride) {
        String branch = relu(convolution(x, from, to, 3, stride, 1, 1));
        boolean identity = from == to && stride == 1;
        branch = convolution(branch, to, to, 3, 1, 1, identity ? 0 : 1);
        String shortcut = identity ? x : convolution(x, from, to, 1, stride, 1, 1);
        return relu(graph.node("Add", next("add"), List.of(branch, shortcut)));
    }

    private OnnxModel mobile(Scale scale, String input, int channels, int classes) {
        List<NetworkStage> stages = switch (scale) {
            case SMALL -> List.of(new NetworkStage(16, 2, 2), new NetworkStage(24, 2, 2), new NetworkStage(40, 2, 2));
            case MEDIUM ->
                List.of(
                        new NetworkStage(16, 2, 2),
                        new NetworkStage(32, 3, 2),
                        new NetworkStage(64, 3, 2),
                        new NetworkStage(96, 2, 1));
            case LARGE ->
                List.of(
                        new NetworkStage(24, 2, 2),
                        new NetworkStage(40, 3, 2),
                        new NetworkStage(80, 4, 2),
                        new NetworkStage(128, 3, 1));
        };
        int width = stages.getFirst().width();
        String x = relu6(convolution(input, channels, width, 3, 2, 1, 1));
        for (NetworkStage stage : stages) {
            for (int block = 0; block < stage.blocks(); block++) {
                x = invertedBottleneck(x, width, stage.width(), block == 0 ? stage.stride() : 1);
                width = stage.width();
            }
        }
        int last = width * MOBILE_EXPANSION;
        return head(relu6(convolution(x, width, last, 1, 1, 1, 1)), last, classes);
    }

    private String invertedBottleneck(String x, int from, int to, int stride) {
        int wide = from * MOBILE_EXPANSION;
        boolean identity = from == to && stride == 1;
        String branch = relu6(convolution(x, from, wide, 1, 1, 1, 1));
        branch = relu6(convolution(branch, wide, wide, 3, stride, wide, 1));
        branch = convolution(branch, wide, to, 1, 1, 1, identity ? 0 : 1);
        return identity ? graph.node("Add", next("add"), List.of(branch, x)) : branch;
    }

    /** Convolution without bias, then normalisation whose scale starts at {@code gamma}. */
    private String convolution(String x, int from, int to, int kernel, int stride, int groups, float gamma) {
        String name = next("conv");
        int fanIn = from / groups * kernel * kernel;
        List<Long> shape = List.of((long) to, (long) (from / groups), (long) kernel, (long) kernel);
        float[] values = normal(to * fanIn, Math.sqrt(2.0 / fanIn));
        int pad = kernel / 2;
        String y = graph.node(
                "Conv",
                name,
                List.of(x, graph.weights(name + ".weight", shape, values)),
                ints("kernel_shape", kernel, kernel),
                ints("strides", stride, stride),
                ints("pads", pad, pad, pad, pad),
                integer("group", groups));
        return normalisation(y, to, gamma);
    }

    private String normalisation(String x, int width, float gamma) {
        String name = next("norm");
        List<Long> shape = List.of((long) width);
        return graph.node(
                "BatchNormalization",
                name,
                List.of(
                        x,
                        graph.weights(name + ".weight", shape, constant(width, gamma)),
                        graph.weights(name + ".bias", shape, constant(width, 0)),
                        graph.weights(name + ".running_mean", shape, constant(width, 0)),
                        graph.weights(name + ".running_var", shape, constant(width, 1))),
                number("epsilon", 1e-5f),
                number("momentum", 0.9f));
    }

    /**
     * The mean and the highest value of each channel together: the mean knows what an image is made of, the highest
     * whether there is a small defect anywhere in it.
     */
    private OnnxModel head(String x, int width, int classes) {
        String mean = graph.node("GlobalAveragePool", "mean", List.of(x));
        String highest = graph.node("GlobalMaxPool", "highest", List.of(x));
        String both = graph.node("Concat", "pooled", List.of(mean, highest), integer("axis", 1));
        String features = graph.node("Flatten", "features", List.of(both), integer("axis", 1));
        int inputs = 2 * width;
        String weight = graph.weights(
                "head.weight",
                List.of((long) classes, (long) inputs),
                normal(classes * inputs, Math.sqrt(1.0 / inputs)));
        String bias = graph.weights("head.bias", List.of((long) classes), constant(classes, 0));
        graph.node("Gemm", "logits", List.of(features, weight, bias), integer("transB", 1));
        return graph.output("logits", GraphBuilder.BATCH, classes).build();
    }

    private String relu(String x) {
        return graph.node("Relu", next("relu"), List.of(x));
    }

    private String relu6(String x) {
        String name = next("clip");
        String low = graph.weights(name + ".min", List.of(), new float[] {0});
        String high = graph.weights(name + ".max", List.of(), new float[] {6});
        return graph.node("Clip", name, List.of(x, low, high));
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
        Arrays.fill(values, value);
        return values;
    }
}
