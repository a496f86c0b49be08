package dev.fovea.model.outputs;

import java.util.Arrays;
import java.util.List;

/**
 * What an output gave in trial runs.
 *
 * @param name of the output
 * @param integers whether its elements are integers or truth values
 * @param shape of the first trial's output, with its batch axis where it has one
 * @param rows one per trial image: all its elements, last axis fastest; at least one row
 */
public record ObservedOutput(String name, boolean integers, List<Long> shape, List<float[]> rows) {

    /** Half-precision and quantized networks round their probabilities; logits leave 0..1 by far more. */
    private static final double UNIT_TOLERANCE = 2e-3;

    private static final double SUM_TOLERANCE = 5e-3;

    public ObservedOutput {
        shape = List.copyOf(shape);
        rows = List.copyOf(rows);
    }

    /** Elements per image; 0 where images differ in it. */
    public int values() {
        int length = rows.getFirst().length;
        return rows.stream().allMatch(row -> row.length == length) ? length : 0;
    }

    /** Whether every element of every row may be a probability. */
    public boolean isWithinUnit() {
        return smallest() >= -UNIT_TOLERANCE && largest() <= 1 + UNIT_TOLERANCE;
    }

    /** Whether every row is a distribution: all within 0..1, and 1 in total. */
    public boolean isDistribution() {
        return isWithinUnit() && rows.stream().allMatch(row -> Math.abs(sum(row) - 1) <= SUM_TOLERANCE);
    }

    /** Whether every row holds the logarithms of a distribution. */
    public boolean isLogDistribution() {
        return largest() <= UNIT_TOLERANCE
                && rows.stream().allMatch(row -> {
                    double sum = 0;
                    for (float value : row) {
                        sum += Math.exp(value);
                    }
                    return Math.abs(sum - 1) <= SUM_TOLERANCE;
                });
    }

    /** Whether every element is a whole number. */
    public boolean isWhole() {
        return rows.stream().allMatch(row -> {
            for (float value : row) {
                if (value != Math.rint(value)) {
                    return false;
                }
            }
            return true;
        });
    }

    /** Whether all rows are the same, so that they show little. */
    public boolean isConstant() {
        return rows.stream().allMatch(row -> Arrays.equals(row, rows.getFirst()));
    }

    /** The smallest element of all rows. */
    public double smallest() {
        double smallest = Double.POSITIVE_INFINITY;
        for (float[] row : rows) {
            for (float value : row) {
                smallest = Math.min(smallest, value);
            }
        }
        return smallest;
    }

    /** The largest element of all rows. */
    public double largest() {
        double largest = Double.NEGATIVE_INFINITY;
        for (float[] row : rows) {
            for (float value : row) {
                largest = Math.max(largest, value);
            }
        }
        return largest;
    }

    /** The row totals' smallest and largest. */
    public double[] totals() {
        double[] totals = rows.stream().mapToDouble(ObservedOutput::sum).toArray();
        return new double[] {
            Arrays.stream(totals).min().orElseThrow(),
            Arrays.stream(totals).max().orElseThrow()
        };
    }

    private static double sum(float[] row) {
        double sum = 0;
        for (float value : row) {
            sum += value;
        }
        return sum;
    }
}
