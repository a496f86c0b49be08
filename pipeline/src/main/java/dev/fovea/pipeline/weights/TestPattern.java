package dev.fovea.pipeline.weights;

import dev.fovea.imaging.PreprocessingContract;
import dev.fovea.imaging.Size;
import dev.fovea.imaging.TensorFormat;
import dev.fovea.model.tensor.Tensor;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An image that a formula draws, with edges and gradients, so that any implementation can draw the same: channel c (red
 * first) at row y and column x is {@code (x·x/97 + 3y + 40c + 90·((x/16 + y/16) mod 2)) mod 256}, in whole numbers.
 */
public final class TestPattern {

    private static final int CHANNELS = 3;

    private TestPattern() {}

    /** The pixel's value, 0 to 255. */
    static int value(int channel, int row, int column) {
        return (column * column / 97 + 3 * row + 40 * channel + 90 * ((column / 16 + row / 16) % 2)) % 256;
    }

    /** The pattern as a network's input {@code [1, 3, height, width]}, in the numbers of a contract. */
    public static Tensor tensor(String input, PreprocessingContract contract) {
        Size size = contract.outputSize();
        TensorFormat format = contract.tensor();
        float[] values = new float[CHANNELS * size.height() * size.width()];
        int i = 0;
        for (int channel = 0; channel < CHANNELS; channel++) {
            double mean = format.mean().get(channel);
            double std = format.std().get(channel);
            for (int row = 0; row < size.height(); row++) {
                for (int column = 0; column < size.width(); column++) {
                    values[i++] = (float) ((value(channel, row, column) * format.scale() - mean) / std);
                }
            }
        }
        return Tensor.of(input, new long[] {1, CHANNELS, size.height(), size.width()}, values);
    }

    /** The same image several times. */
    static Tensor repeated(Tensor one, int times) {
        float[] values = one.floats();
        float[] all = new float[times * values.length];
        for (int i = 0; i < times; i++) {
            System.arraycopy(values, 0, all, i * values.length, values.length);
        }
        long[] shape = one.shape().clone();
        shape[0] = times;
        return Tensor.of(one.name(), shape, all);
    }

    /** The classes of the highest logits, the highest first. */
    static List<Integer> highest(float[] logits, int count) {
        return IntStream.range(0, logits.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer index) -> -logits[index]))
                .limit(count)
                .toList();
    }
}
