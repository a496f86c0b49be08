package dev.fovea.quantize;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.fovea.model.TensorValues;
import java.util.ArrayList;
import java.util.List;

/** Weights as integers, with a scale for each output channel. */
final class Kernel {

    private final TensorProto shape;
    private final float[] real;
    private final byte[] integers;
    private final float[] scales;
    private final int inner;
    private final IntegerType type;

    private Kernel(TensorProto kernel, int axis, IntegerType type) {
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
        quantize();
    }

    /** Quantizes a float kernel whose output channels lie along an axis. */
    static Kernel of(TensorProto kernel, int axis, IntegerType type) {
        return new Kernel(kernel, axis, type);
    }

    private void quantize() {
        double[] largest = new double[scales.length];
        for (int i = 0; i < real.length; i++) {
            int channel = channel(i);
            largest[channel] = Math.max(largest[channel], Math.abs(real[i]));
        }
        for (int channel = 0; channel < scales.length; channel++) {
            scales[channel] = Affine.symmetric(largest[channel], type).scale();
        }
        for (int i = 0; i < real.length; i++) {
            double steps = Math.rint(real[i] / (double) scales[channel(i)]);
            integers[i] = (byte) Math.clamp(steps, -type.most(), type.most());
        }
    }

    private int channel(int index) {
        return index / inner % scales.length;
    }

    int outputs() {
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
    List<TensorProto> bias(String name, float[] bias, double[] shift, Affine input) {
        int[] values = new int[bias.length];
        float[] products = new float[bias.length];
        for (int channel = 0; channel < bias.length; channel++) {
            products[channel] = input.scale() * scales[channel];
            double wanted = bias[channel] + (shift.length > 0 ? shift[channel] : 0);
            values[channel] =
                    (int) Math.clamp(Math.rint(wanted / products[channel]), Integer.MIN_VALUE, Integer.MAX_VALUE);
        }
        return QuantizedTensors.of(name + "::bias", List.of((long) bias.length), values, products);
    }

    /** What rounding the weights takes from the real ones. */
    double[] error() {
        double[] error = new double[real.length];
        for (int i = 0; i < real.length; i++) {
            error[i] = real[i] - (double) integers[i] * scales[channel(i)];
        }
        return error;
    }

    List<Long> dims() {
        return new ArrayList<>(shape.getDimsList());
    }
}
