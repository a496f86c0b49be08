package dev.fovea.imaging.preprocess;

import dev.fovea.imaging.Resize.Filter;

/**
 * The weights of a one-dimensional resampling, 22-bit fixed point, for every output position.
 *
 * @param outputs number of output positions
 * @param stride weights reserved per output
 * @param first the first input position of each output
 * @param count how many inputs each output reads
 * @param weights {@code [outputs, stride]}
 */
record ResamplingWeights(int outputs, int stride, int[] first, int[] count, int[] weights) {

    private static final double ONE = 1 << 22;

    /** The taps that bring {@code inputs} positions to {@code outputs}. */
    static ResamplingWeights of(int inputs, int outputs, Filter filter) {
        double scale = (double) inputs / outputs;
        double widening = Math.max(scale, 1.0);
        double support = support(filter) * widening;
        int stride = (int) Math.ceil(support) * 2 + 1;
        ResamplingWeights taps =
                new ResamplingWeights(outputs, stride, new int[outputs], new int[outputs], new int[outputs * stride]);
        double[] row = new double[stride];
        for (int i = 0; i < outputs; i++) {
            taps.fill(i, (i + 0.5) * scale, support, 1.0 / widening, inputs, filter, row);
        }
        return taps;
    }

    private void fill(int i, double center, double support, double narrowing, int inputs, Filter filter, double[] row) {
        int from = Math.max((int) (center - support + 0.5), 0);
        int to = Math.min((int) (center + support + 0.5), inputs);
        double sum = 0;
        for (int x = from; x < to; x++) {
            row[x - from] = weight(filter, (x - center + 0.5) * narrowing);
            sum += row[x - from];
        }
        first[i] = from;
        count[i] = to - from;
        for (int k = 0; k < to - from; k++) {
            double normal = sum == 0 ? row[k] : row[k] / sum;
            weights[i * stride + k] = (int) (normal < 0 ? -0.5 + normal * ONE : 0.5 + normal * ONE);
        }
    }

    private static double support(Filter filter) {
        return switch (filter) {
            case AREA -> 0.5;
            case BILINEAR -> 1;
            case BICUBIC -> 2;
            case LANCZOS -> 3;
            case NEAREST -> throw new IllegalArgumentException("nearest has no taps");
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
