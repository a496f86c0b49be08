package dev.fovea.statistics.drift;

import dev.fovea.statistics.Require;
import java.util.Arrays;

/**
 * Linear regression of many responses on the same regressors, with the error that each response has when it is
 * predicted from the other groups, such as days. Those errors are distributed as the errors of a new group, so that new
 * ones can be ranked among them, and their sum of squares compares models. The coefficients without a group come from
 * the normal equations less those of the group. Source: R. D. Cook, S. Weisberg, "Residuals and Influence in
 * Regression" (1982), chapter 3.6.
 *
 * <p>Only the level is that of all groups. Ranks do not depend on it, and a level without the own group would move the
 * errors of a group away from it together: equal responses would have an order, and errors would seem to depend on each
 * other.
 */
public final class LeaveGroupOut {

    /** Keeps a coefficient near 0 that the data say little of, as a Monday's in a week without one. */
    private static final double PENALTY = 1;

    private final double[][] x;
    private final int p;
    private final int[] starts;
    private final double[] mean;
    private final double[][] inverse;
    private final double[][][] without;

    /**
     * What predicts one response.
     *
     * @param coefficients {@code [p]}, of all groups
     * @param errors {@code [n]}, each response's error when predicted from the other groups
     */
    @SuppressWarnings("ArrayRecordComponent") // results, not compared
    public record Fit(double[] coefficients, double[] errors) {

        /** The value predicted at {@code regressors}, {@code [p]}. */
        public double predict(double[] regressors) {
            return dot(coefficients, regressors);
        }

        /** The sum of the squared errors. */
        public double press() {
            return dot(errors, errors);
        }
    }

    /**
     * @param regressors {@code [n][p]}; the first is the constant 1; not copied
     * @param groups {@code [n]}, equal for rows of one group, which follow each other; at least two groups
     */
    public LeaveGroupOut(double[][] regressors, int[] groups) {
        Require.that(regressors.length == groups.length, "%d rows in %d groups.", regressors.length, groups.length);
        this.x = regressors;
        this.starts = starts(groups);
        Require.that(starts.length > 2, "A regression needs at least two groups.");
        this.p = regressors[0].length;
        this.mean = mean(regressors);
        double[][] all = gram(0, x.length);
        for (int k = 1; k < p; k++) {
            all[k][k] += PENALTY;
        }
        this.inverse = inverse(all);
        this.without = new double[starts.length - 1][][];
        for (int g = 0; g < without.length; g++) {
            double[][] rest = gram(starts[g], starts[g + 1]);
            for (int a = 0; a < p; a++) {
                for (int b = 0; b < p; b++) {
                    rest[a][b] = all[a][b] - rest[a][b];
                }
            }
            without[g] = inverse(rest);
        }
    }

    /** Number of regressors. */
    public int regressors() {
        return p;
    }

    /** Fits one response, {@code [n]}. */
    public Fit fit(double[] y) {
        Require.that(y.length == x.length, "%d responses for %d rows.", y.length, x.length);
        double[] all = products(y, 0, x.length);
        double[] whole = times(inverse, all);
        double[] errors = new double[y.length];
        for (int g = 0; g < without.length; g++) {
            double[] rest = products(y, starts[g], starts[g + 1]);
            for (int k = 0; k < p; k++) {
                rest[k] = all[k] - rest[k];
            }
            double[] coefficients = times(without[g], rest);
            coefficients[0] += dot(whole, mean) - dot(coefficients, mean);
            for (int i = starts[g]; i < starts[g + 1]; i++) {
                errors[i] = y[i] - dot(coefficients, x[i]);
            }
        }
        return new Fit(whole, errors);
    }

    /**
     * The variance of the prediction at {@code regressors}, {@code [p]}, in units of the variance of a response: what
     * errors of new responses with these regressors have in common.
     */
    public double variance(double[] regressors) {
        return dot(regressors, times(inverse, regressors));
    }

    private static double[] mean(double[][] rows) {
        double[] mean = new double[rows[0].length];
        for (double[] row : rows) {
            for (int k = 0; k < mean.length; k++) {
                mean[k] += row[k] / rows.length;
            }
        }
        return mean;
    }

    private static int[] starts(int[] groups) {
        int[] starts = new int[groups.length + 1];
        int count = 0;
        for (int i = 0; i < groups.length; i++) {
            if (i == 0 || groups[i] != groups[i - 1]) {
                starts[count++] = i;
            }
        }
        starts[count] = groups.length;
        return Arrays.copyOf(starts, count + 1);
    }

    private double[][] gram(int from, int to) {
        double[][] gram = new double[p][p];
        for (int i = from; i < to; i++) {
            for (int a = 0; a < p; a++) {
                for (int b = 0; b < p; b++) {
                    gram[a][b] += x[i][a] * x[i][b];
                }
            }
        }
        return gram;
    }

    private double[] products(double[] y, int from, int to) {
        double[] products = new double[p];
        for (int i = from; i < to; i++) {
            for (int k = 0; k < p; k++) {
                products[k] += x[i][k] * y[i];
            }
        }
        return products;
    }

    private static double[] times(double[][] matrix, double[] vector) {
        double[] product = new double[vector.length];
        for (int a = 0; a < vector.length; a++) {
            product[a] = dot(matrix[a], vector);
        }
        return product;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    /** The inverse of a positive definite matrix, by Cholesky's decomposition. */
    private static double[][] inverse(double[][] matrix) {
        int p = matrix.length;
        double[][] lower = new double[p][p];
        for (int a = 0; a < p; a++) {
            for (int b = 0; b <= a; b++) {
                double sum = matrix[a][b];
                for (int k = 0; k < b; k++) {
                    sum -= lower[a][k] * lower[b][k];
                }
                lower[a][b] = a == b ? Math.sqrt(Math.max(sum, 1e-9)) : sum / lower[b][b];
            }
        }
        double[][] inverse = new double[p][p];
        double[] column = new double[p];
        for (int c = 0; c < p; c++) {
            Arrays.fill(column, 0);
            for (int a = c; a < p; a++) {
                double sum = a == c ? 1 : 0;
                for (int k = c; k < a; k++) {
                    sum -= lower[a][k] * column[k];
                }
                column[a] = sum / lower[a][a];
            }
            for (int a = p - 1; a >= 0; a--) {
                double sum = column[a];
                for (int k = a + 1; k < p; k++) {
                    sum -= lower[k][a] * inverse[k][c];
                }
                inverse[a][c] = sum / lower[a][a];
            }
        }
        return inverse;
    }
}
