package dev.fovea.model.checkpoint;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Checks what a file says about a tensor before any of it is read. */
final class TensorLayout {

    private static final int MAX_AXES = 8;

    private final CheckpointFault fault;

    TensorLayout(CheckpointFault fault) {
        this.fault = fault;
    }

    /**
     * How many values a shape has.
     *
     * @param room how many there can be
     */
    long elements(String name, List<Long> shape, long room) {
        if (shape.size() > MAX_AXES) {
            throw fault.corrupt("gives %s %d axes; %d is the limit"
                    .formatted(CheckpointFault.quoted(name), shape.size(), MAX_AXES));
        }
        long elements = 1;
        for (long length : shape) {
            if (length <= 0) {
                throw fault.corrupt(
                        "gives %s the shape %s".formatted(CheckpointFault.quoted(name), StoredTensor.text(shape)));
            }
            if (length > room / elements) {
                throw fault.corrupt("gives %s the shape %s, but holds %d values for it"
                        .formatted(CheckpointFault.quoted(name), StoredTensor.text(shape), room));
            }
            elements *= length;
        }
        return elements;
    }

    /**
     * Refuses a view of a storage whose elements share places, go backwards or lie outside.
     *
     * @param offset number in the storage that is the first element
     * @param room how many numbers the storage has
     * @return the number in the storage after its last element
     */
    long requireView(String name, List<Long> shape, List<Long> strides, long offset, long room) {
        if (strides.size() != shape.size() || offset < 0 || offset >= room) {
            throw outside(name, offset, room);
        }
        elements(name, shape, room - offset);
        List<Integer> fastestFirst = IntStream.range(0, shape.size())
                .boxed()
                .filter(axis -> shape.get(axis) > 1)
                .sorted(Comparator.comparingLong(strides::get))
                .toList();
        long reach = 0;
        for (int axis : fastestFirst) {
            long stride = strides.get(axis);
            if (stride <= reach) {
                throw fault.corrupt("lays out %s with strides %s, so that its elements overlap"
                        .formatted(CheckpointFault.quoted(name), StoredTensor.text(strides)));
            }
            long steps = shape.get(axis) - 1;
            if (stride > (room - 1 - offset - reach) / steps) {
                throw outside(name, offset, room);
            }
            reach += steps * stride;
        }
        return offset + reach + 1;
    }

    private RuntimeException outside(String name, long offset, long room) {
        return fault.corrupt("lays out %s from number %d of a storage of %d, so that it ends outside"
                .formatted(CheckpointFault.quoted(name), offset, room));
    }
}
