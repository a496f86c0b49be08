package dev.fovea.training.operator;

import java.util.Locale;

/**
 * How ONNX's Resize makes the elements of one axis from those of another length: a matrix {@code [to][from]} whose rows
 * are the weights of one result. Resizing an image is this for its rows, then for its columns.
 *
 * @param from length of the axis
 * @param to length of the result
 * @param scale the factor, which need not be {@code to / from}
 * @param rule how places and weights are found
 */
record InterpolationWeights(int from, int to, double scale, Rule rule) {

    /** Which elements are taken. */
    enum Interpolation {
        NEAREST,
        LINEAR,
        CUBIC
    }

    /**
     * The attributes of the operator.
     *
     * @param mode which elements are taken
     * @param coordinates {@code coordinate_transformation_mode}
     * @param rounding {@code nearest_mode}
     * @param cubic {@code cubic_coeff_a}
     * @param excludesOutside whether weights beyond the border are left out and the rest sums up to 1
     */
    record Rule(Interpolation mode, String coordinates, String rounding, double cubic, boolean excludesOutside) {

        static Rule of(NodeAttributes attributes, String coordinates, String rounding) {
            return new Rule(
                    Interpolation.valueOf(attributes.text("mode", "nearest").toUpperCase(Locale.ROOT)),
                    attributes.text("coordinate_transformation_mode", coordinates),
                    attributes.text("nearest_mode", rounding),
                    attributes.number("cubic_coeff_a", -0.75f),
                    attributes.integer("exclude_outside", 0) == 1);
        }
    }

    /** The index of the one element that each result is, with {@link Interpolation#NEAREST}. */
    long[] indices() {
        long[] indices = new long[to];
        for (int i = 0; i < to; i++) {
            indices[i] = Math.clamp(rounded(place(i)), 0, from - 1);
        }
        return indices;
    }

    /** The matrix, row by row. */
    float[] matrix() {
        double[][] rows = new double[to][from];
        for (int i = 0; i < to; i++) {
            switch (rule.mode) {
                case NEAREST -> rows[i][(int) indices()[i]] = 1;
                case LINEAR -> linear(rows[i], place(i));
                case CUBIC -> cubic(rows[i], place(i));
            }
        }
        float[] matrix = new float[to * from];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = (float) rows[i / from][i % from];
        }
        return matrix;
    }

    /** Where a result lies on the axis: ONNX, Resize, {@code coordinate_transformation_mode}. */
    private double place(int result) {
        return switch (rule.coordinates) {
            case "asymmetric" -> result / scale;
            case "align_corners" -> to == 1 ? 0 : result * (from - 1.0) / (to - 1);
            case "pytorch_half_pixel" -> to == 1 ? 0 : (result + 0.5) / scale - 0.5;
            case "half_pixel_symmetric" -> {
                double adjustment = to / (scale * from);
                yield from / 2.0 * (1 - adjustment) + (result + 0.5) / scale - 0.5;
            }
            default -> (result + 0.5) / scale - 0.5;
        };
    }

    private long rounded(double place) {
        return switch (rule.rounding) {
            case "floor" -> (long) Math.floor(place);
            case "ceil" -> (long) Math.ceil(place);
            case "round_prefer_ceil" -> (long) Math.floor(place + 0.5);
            default -> (long) Math.ceil(place - 0.5);
        };
    }

    private void linear(double[] row, double place) {
        double within = Math.clamp(place, 0, from - 1);
        int first = (int) Math.floor(within);
        int second = Math.min(first + 1, from - 1);
        row[first] += 1 - (within - first);
        row[second] += within - first;
    }

    /** Keys 1981, <i>Cubic Convolution Interpolation</i>, eq. 4. */
    private void cubic(double[] row, double place) {
        int base = (int) Math.floor(place);
        double sum = 0;
        for (int offset = -1; offset <= 2; offset++) {
            int index = base + offset;
            boolean isOutside = index < 0 || index >= from;
            double weight = isOutside && rule.excludesOutside ? 0 : cubicWeight(Math.abs(place - index));
            row[Math.clamp(index, 0, from - 1)] += weight;
            sum += weight;
        }
        for (int i = 0; rule.excludesOutside && i < from; i++) {
            row[i] /= sum;
        }
    }

    private double cubicWeight(double distance) {
        double a = rule.cubic;
        double d = distance;
        return d <= 1 ? ((a + 2) * d - (a + 3)) * d * d + 1 : d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0;
    }
}
