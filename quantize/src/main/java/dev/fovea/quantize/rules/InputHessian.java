package dev.fovea.quantize.rules;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.fovea.model.graph.GraphIndex;
import dev.fovea.quantize.numeric.IntegerType;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The Hessian of GPTQ: second moments {@code E[x xᵀ]} of a layer's inputs, one matrix per group, from random positions.
 */
public final class InputHessian {

    /** Longer rows of weights would take seconds each layer; the work grows with the third power. */
    private static final int LONGEST = 600;

    private static final int MIN_SAMPLES = 512;
    private static final int SAMPLES_PER_WEIGHT = 2;

    private final Window window;
    private final int length;
    private final int perImage;
    private final float[][] sums;
    private final SplittableRandom random = new SplittableRandom(1);
    private final Map<IntegerType, GptqRounding> roundings = new EnumMap<>(IntegerType.class);

    /**
     * The receptive field of a layer.
     *
     * @param groups number of channel groups
     * @param channels per group
     * @param kernel kernel height and width; 1 by 1 for matrix products, whose input has channels in the last axis
     */
    private record Window(
            int groups, int channels, int[] kernel, int[] strides, int[] dilations, int[] pads, boolean convolves) {

        int length() {
            return channels * kernel[0] * kernel[1];
        }
    }

    private InputHessian(Window window, int images) {
        this.window = window;
        this.length = window.length();
        int samples = Math.max(MIN_SAMPLES, SAMPLES_PER_WEIGHT * length);
        this.perImage = (samples + images - 1) / images;
        this.sums = new float[window.groups()][length * length];
    }

    /** Moments of a layer that are to be gathered from so many images; empty for layers that are not rounded so. */
    public static Optional<InputHessian> of(NodeProto node, GraphIndex graph, int images) {
        return Rules.weighted(node)
                .filter(rule -> rule.obstacle(node, graph).isEmpty())
                .flatMap(rule -> window(rule, node, graph))
                .filter(window -> window.length() <= LONGEST)
                .map(window -> new InputHessian(window, images));
    }

    private static Optional<Window> window(WeightedRule rule, NodeProto node, GraphIndex graph) {
        TensorProto kernel = graph.floats(node.getInput(1)).orElseThrow();
        if (rule != WeightedRule.CONVOLUTION) {
            int inputs = (int) kernel.getDims(1 - rule.channelAxis(node));
            return Optional.of(
                    new Window(1, inputs, new int[] {1, 1}, new int[] {1, 1}, new int[] {1, 1}, new int[4], false));
        }
        boolean isPlain = kernel.getDimsCount() == 4
                && GraphIndex.attribute(node, "auto_pad")
                        .map(AttributeProto::getS)
                        .map(text -> text.toStringUtf8().equals("NOTSET"))
                        .orElse(true);
        return isPlain
                ? Optional.of(new Window(
                        (int) GraphIndex.integer(node, "group", 1),
                        (int) kernel.getDims(1),
                        new int[] {(int) kernel.getDims(2), (int) kernel.getDims(3)},
                        integers(node, "strides", 1, 1),
                        integers(node, "dilations", 1, 1),
                        integers(node, "pads", 0, 0, 0, 0),
                        true))
                : Optional.empty();
    }

    private static int[] integers(NodeProto node, String name, int... usual) {
        return GraphIndex.attribute(node, name)
                .filter(attribute -> attribute.getIntsCount() == usual.length)
                .map(attribute -> attribute.getIntsList().stream()
                        .mapToInt(Long::intValue)
                        .toArray())
                .orElse(usual);
    }

    /** Adds the layer's input for one image. */
    public void add(float[] values, long[] shape) {
        if (window.convolves()) {
            convolution(values, shape);
        } else {
            product(values);
        }
    }

    private void product(float[] values) {
        int rows = values.length / length;
        float[] row = new float[length];
        for (int sample = 0; sample < Math.min(perImage, rows); sample++) {
            System.arraycopy(values, length * random.nextInt(rows), row, 0, length);
            add(row, sums[0]);
        }
    }

    private void convolution(float[] values, long[] shape) {
        int height = (int) shape[2];
        int width = (int) shape[3];
        int rows = places(0, height);
        int columns = places(1, width);
        float[] patch = new float[length];
        for (int sample = 0; sample < Math.min(perImage, rows * columns); sample++) {
            int top = random.nextInt(rows) * window.strides()[0] - window.pads()[0];
            int left = random.nextInt(columns) * window.strides()[1] - window.pads()[1];
            for (int group = 0; group < window.groups(); group++) {
                int at = 0;
                for (int channel = 0; channel < window.channels(); channel++) {
                    int plane = (group * window.channels() + channel) * height * width;
                    for (int y = 0; y < window.kernel()[0]; y++) {
                        int row = top + y * window.dilations()[0];
                        for (int x = 0; x < window.kernel()[1]; x++) {
                            int column = left + x * window.dilations()[1];
                            boolean inside = row >= 0 && row < height && column >= 0 && column < width;
                            patch[at++] = inside ? values[plane + row * width + column] : 0;
                        }
                    }
                }
                add(patch, sums[group]);
            }
        }
    }

    private int places(int axis, int size) {
        int reach = window.dilations()[axis] * (window.kernel()[axis] - 1) + 1;
        int padded = size + window.pads()[axis] + window.pads()[axis + 2];
        return Math.max(1, (padded - reach) / window.strides()[axis] + 1);
    }

    private void add(float[] patch, float[] sum) {
        for (int i = 0; i < length; i++) {
            float value = patch[i];
            if (value != 0) {
                int row = i * length;
                for (int j = i; j < length; j++) {
                    sum[row + j] += value * patch[j];
                }
            }
        }
    }

    /** Number of groups. */
    int groups() {
        return sums.length;
    }

    /** Weights in a row. */
    int length() {
        return length;
    }

    /** The matrix of a group {@code [length, length]}, to a factor; only its upper half counts. */
    public float[] of(int group) {
        return sums[group];
    }

    /** How the layer's weights are rounded to a type; found once. */
    GptqRounding rounding(IntegerType type) {
        return roundings.computeIfAbsent(type, each -> new GptqRounding(this, each));
    }
}
