package dev.fovea.training.operator;

import ai.djl.ndarray.types.Shape;

/** ONNX's multidirectional broadcasting (NumPy's): axes are aligned at the end, and length 1 stretches. */
final class Broadcasting {

    private Broadcasting() {}

    /** The shape that two shapes stretch to; the engine refuses those that do not fit. */
    static Shape of(Shape one, Shape other) {
        int rank = Math.max(one.dimension(), other.dimension());
        long[] lengths = new long[rank];
        for (int i = 1; i <= rank; i++) {
            long first = length(one, i);
            lengths[rank - i] = first == 1 ? length(other, i) : first;
        }
        return new Shape(lengths);
    }

    /** Length of the axis that is {@code fromEnd}th from the end, 1 where there is none. */
    private static long length(Shape shape, int fromEnd) {
        int axis = shape.dimension() - fromEnd;
        return axis < 0 ? 1 : shape.get(axis);
    }
}
