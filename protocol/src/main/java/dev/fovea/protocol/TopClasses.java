package dev.fovea.protocol;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.tensor.ByteStrings;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.model.tensor.TopIndices;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The protocol's classification extension: an output's best classes as texts {@code value:index:label}. */
public final class TopClasses {

    private TopClasses() {}

    /**
     * The best classes of each item.
     *
     * @param output {@code [N, …]} with a value for each class, or {@code [C]}
     * @param labels in the order of the values; fewer or none leave the label out
     * @return BYTES {@code [N, count]}, or {@code [count]}
     */
    public static Tensor of(Tensor output, int count, List<String> labels) {
        if (output.type() == DataType.BYTES || output.shape().length == 0) {
            throw new FoveaException(
                    ErrorCode.TENSOR_INVALID,
                    "The output %s has no classes. Request it without the parameter classification.".formatted(output));
        }
        float[] values = output.floats();
        boolean batched = output.shape().length > 1;
        int items = batched ? (int) Math.max(1, output.shape()[0]) : 1;
        int classes = values.length / items;
        int best = Math.min(count, classes);
        List<byte[]> texts = new ArrayList<>(items * best);
        for (int item = 0; item < items; item++) {
            int start = item * classes;
            for (int index : TopIndices.of(classes, best, i -> values[start + i])) {
                texts.add(text(values[start + index], index, labels));
            }
        }
        return new Tensor(
                output.name(),
                DataType.BYTES,
                batched ? new long[] {items, best} : new long[] {best},
                ByteStrings.pack(texts));
    }

    private static byte[] text(float value, int index, List<String> labels) {
        String text = String.format(Locale.ROOT, "%f:%d", value, index);
        boolean labelled = index < labels.size() && !labels.get(index).isEmpty();
        String whole = labelled ? text + ":" + labels.get(index) : text;
        return whole.getBytes(StandardCharsets.UTF_8);
    }
}
