package dev.fovea.model.checkpoint;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Where a tensor's values are in its file; they are known to lie in it, each element in its own place.
 *
 * @param type of one number
 * @param shape lengths of the axes; empty for a single number
 * @param strides for each axis, how many numbers lie between neighbours along it
 * @param start the byte in the file at which the first element lies
 */
public record StoredTensor(StoredType type, List<Long> shape, List<Long> strides, long start) {

    public StoredTensor {
        shape = List.copyOf(shape);
        strides = List.copyOf(strides);
    }

    /** Number of values; known to be less than the bytes of the file. */
    public long elements() {
        return shape.stream().reduce(1L, (a, b) -> a * b);
    }

    /** Whether the last axis is the fastest, without gaps. */
    boolean isContiguous() {
        return strides.equals(contiguous(shape));
    }

    /** The strides of a tensor whose last axis is the fastest. */
    static List<Long> contiguous(List<Long> shape) {
        Long[] strides = new Long[shape.size()];
        long step = 1;
        for (int axis = shape.size() - 1; axis >= 0; axis--) {
            strides[axis] = step;
            step *= Math.max(1, shape.get(axis));
        }
        return List.of(strides);
    }

    /** A shape as people write it: {@code [32, 3, 3, 3]}. */
    public static String text(List<Long> shape) {
        return shape.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }
}
