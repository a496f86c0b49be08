package dev.fovea.quantize.rules;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.fovea.model.graph.TensorValues;
import dev.fovea.quantize.numeric.Affine;
import dev.fovea.quantize.numeric.IntegerType;
import java.util.List;
import java.util.Optional;

/** Weights as integers, with a scale for each output channel. */
public final class Kernel {

    private static final double MAX_BIAS = 1 << 30;

    private final TensorProto shape;
    private final float[] real;
    private final byte[] integers;
    private final float[] scales;
    private final int inner;
    private final IntegerType type;
    private final Optional<GptqRounding> rounding;

    private Kernel(TensorProto kernel, int axis, IntegerType type, Optional<GptqRounding> rounding) {
        this.shape = kernel;
        this.real = TensorValues.floats(kernel);
        this.type = type;
        this.scales = new float[(int) kernel.getDims(axis)];
        int behind = 1;
        for (int i = axis + 1; i < kernel.getDimsCount(); i++) {
            behind *= (int) kernel.getDims(i);
        }
        this.inner = behind;
        this.integers = new byte[real.length];
        this.rounding = rounding.filter(each -> each.fits(scales.length, real.length));
    }

    /** Quantizes a float kernel whose output channels lie along an axis; to the nearest integers without a rounding. */
    public static Kernel of(TensorProto kernel, int axis, IntegerType type, Optional<GptqRounding> rounding) {
        return new Kernel(kernel, axis, type, rounding).quantize(new double[0]);
    }

    /**
     * The same for a layer with a bias. The bias must fit 32 bits with room for the sums. Where weights are too small
     * for that, as in a dead channel, their scale is raised.
     */
    public static Kernel of(
            TensorProto kernel,
            int axis,
            IntegerType type,
            Optional<GptqRounding> rounding,
            double[] bias,
            Affine input) {
        double[] min = new double[bias.length];
        for (int channel = 0; channel < min.length; channel++) {
            min[channel] = Math.abs(bias[channel]) / (MAX_BIAS * input.scale());
        }
        return new Kernel(kernel, axis, type, rounding).quantize(min);
    }

    private Kernel quantize(double[] min) {
        float[] rows = rows();
        int length = real.length / scales.length;
        for (int channel = 0; channel < scales.length; channel++) {
            float largest = 0;
            for (int i = channel * length; i < (channel + 1) * length; i++) {
                largest = Math.max(largest, Math.abs(rows[i]));
            }
            scales[channel] = Affine.symmetric(largest, type).scale();
        }
        byte[] compensated = rounding.map(each -> each.round(rows, scales)).orElse(integers);
        for (int channel = 0; channel < scales.length; channel++) {
            boolean raised = min.length > 0 && min[channel] > scales[channel];
            double scale = raised ? (float) min[channel] : (double) scales[channel];
            for (int i = 0; i < length; i++) {
                int at = channel * length + i;
                integers[index(channel, i)] = rounding.isPresent() && !raised
                        ? compensated[at]
                        : (byte) Math.clamp(Math.rint(rows[at] / scale), -type.max(), type.max());
            }
        }
        for (int channel = 0; channel < min.length; channel++) {
            scales[channel] = Math.max(scales[channel], (float) min[channel]);
        }
        return this;
    }

    /** The weights of each output channel together. */
    private float[] rows() {
        int length = real.length / scales.length;
        if (inner == length) {
            return real;
        }
        float[] rows = new float[real.length];
        for (int channel = 0; channel < scales.length; channel++) {
            for (int i = 0; i < length; i++) {
                rows[channel * length + i] = real[index(channel, i)];
            }
        }
        return rows;
    }

    /** Where the weight of an output channel stands that is at a place among those of that channel. */
    private int index(int channel, int place) {
        int length = real.length / scales.length;
        return inner == length
                ? channel * length + place
                : (place / inner * scales.length + channel) * inner + place % inner;
    }

    public int outputs() {
        return scales.length;
    }

    /** Its integers, scales and zeros, named after {@code name}. */
    List<TensorProto> tensors(String name) {
        return QuantizedTensors.of(name + "::weight", shape.getDimsList(), type, integers, scales);
    }

    /**
     * The bias as 32-bit integers whose scale is exactly the product of the input's and the weights', in single
     * precision: the runtime fuses nothing else.
     */
    List<TensorProto> bias(String name, double[] bias, Affine input) {
        int[] values = new int[bias.length];
        float[] products = new float[bias.length];
        for (int channel = 0; channel < bias.length; channel++) {
            products[channel] = input.scale() * scales[channel];
            values[channel] = (int) Math.rint(bias[channel] / products[channel]);
        }
        return QuantizedTensors.of(name + "::bias", List.of((long) bias.length), values, products);
    }

    /** What rounding the weights takes from the real ones. */
    public double[] error() {
        double[] error = new double[real.length];
        int length = real.length / scales.length;
        for (int channel = 0; channel < scales.length; channel++) {
            for (int i = 0; i < length; i++) {
                int at = index(channel, i);
                error[at] = real[at] - (double) integers[at] * scales[channel];
            }
        }
        return error;
    }
}
