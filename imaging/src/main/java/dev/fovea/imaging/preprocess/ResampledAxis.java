package dev.fovea.imaging.preprocess;

import dev.fovea.imaging.Resize.Filter;

/**
 * The resampling of one axis: for a range of output positions, which inputs are read with which weights, in 22-bit
 * fixed point.
 *
 * @param from the first input position that is read
 * @param inputs how many are read, from there on
 * @param outputs number of output positions
 * @param stride weights reserved per output, a multiple of {@link #STEP} and 0 past its inputs; 0 where outputs are the
 *     inputs, unchanged
 * @param first the first input of each output, counted from {@code from}
 * @param count how many inputs each output reads
 * @param weights {@code [outputs, stride]}
 */
record ResampledAxis(int from, int inputs, int outputs, int stride, int[] first, int[] count, int[] weights) {

    /** How many weights are read at once. */
    static final int STEP = 4;

    private static final int ONE = 1 << 22;

    /**
     * The output positions {@code at} to {@code at + outputs}.
     *
     * @param length of the axis before
     * @param target length of the whole axis after
     */
    static ResampledAxis of(int length, int target, int at, int outputs, Filter filter) {
        if (length == target) {
            return new ResampledAxis(at, outputs, outputs, 0, new int[0], new int[0], new int[0]);
        }
        return filter == Filter.NEAREST
                ? nearest(length, target, at, outputs)
                : weighted(length, target, at, outputs, filter);
    }

    /** Whether every output is the input at its position. */
    boolean isUnchanged() {
        return stride == 0;
    }

    private static ResampledAxis weighted(int length, int target, int at, int outputs, Filter filter) {
        double scale = (double) length / target;
        double widening = Math.max(scale, 1.0);
        double narrowing = 1.0 / widening;
        double support = support(filter) * widening;
        int stride = Math.ceilDiv((int) Math.ceil(support) * 2 + 1, STEP) * STEP;
        int[] first = new int[outputs];
        int[] count = new int[outputs];
        int[] weights = new int[outputs * stride];
        double[] row = new double[stride];
        for (int i = 0; i < outputs; i++) {
            double center = (at + i + 0.5) * scale;
            first[i] = Math.max((int) (center - support + 0.5), 0);
            count[i] = Math.min((int) (center + support + 0.5), length) - first[i];
            double sum = 0;
            for (int k = 0; k < count[i]; k++) {
                row[k] = weight(filter, (first[i] + k - center + 0.5) * narrowing);
                sum += row[k];
            }
            for (int k = 0; k < count[i]; k++) {
                double normal = sum == 0 ? row[k] : row[k] / sum;
                weights[i * stride + k] = (int) (normal < 0 ? -0.5 + normal * ONE : 0.5 + normal * ONE);
            }
        }
        return read(stride, first, count, weights);
    }

    /**
     * Positions are summed up step by step as Pillow's {@code ImagingScaleAffine} does: where one falls on a whole
     * pixel, the rounding errors of the sum decide.
     */
    private static ResampledAxis nearest(int length, int target, int at, int outputs) {
        double step = (double) length / target;
        double position = step * 0.5;
        int[] first = new int[outputs];
        int[] count = new int[outputs];
        int[] weights = new int[outputs * STEP];
        for (int i = 0; i < at + outputs; i++) {
            if (i >= at) {
                first[i - at] = Math.min((int) position, length - 1);
                count[i - at] = 1;
                weights[(i - at) * STEP] = ONE;
            }
            position += step;
        }
        return read(STEP, first, count, weights);
    }

    /** Counts inputs from the first one that is read; first and last inputs never go backwards. */
    private static ResampledAxis read(int stride, int[] first, int[] count, int[] weights) {
        int from = first[0];
        int last = first.length - 1;
        int inputs = first[last] + count[last] - from;
        for (int i = 0; i <= last; i++) {
            first[i] -= from;
        }
        return new ResampledAxis(from, inputs, first.length, stride, first, count, weights);
    }

    private static double support(Filter filter) {
        return switch (filter) {
            case AREA -> 0.5;
            case BILINEAR -> 1;
            case BICUBIC -> 2;
            case LANCZOS -> 3;
            case NEAREST -> throw new IllegalArgumentException("nearest has no weights");
        };
    }

    private static double weight(Filter filter, double x) {
        return switch (filter) {
            case AREA -> x > -0.5 && x <= 0.5 ? 1 : 0;
            case BILINEAR -> Math.max(0, 1 - Math.abs(x));
            case BICUBIC -> bicubic(Math.abs(x));
            case LANCZOS -> x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0;
            case NEAREST -> 0;
        };
    }

    /** Keys' cubic with a = −0.5. */
    private static double bicubic(double x) {
        double a = -0.5;
        if (x < 1) {
            return ((a + 2) * x - (a + 3)) * x * x + 1;
        }
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
    }

    private static double sinc(double x) {
        if (x == 0) {
            return 1;
        }
        double angle = x * Math.PI;
        return Math.sin(angle) / angle;
    }
}
