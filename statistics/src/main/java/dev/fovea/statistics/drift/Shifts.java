package dev.fovea.statistics.drift;

import dev.fovea.statistics.Require;
import java.util.Arrays;

/**
 * The changes that a test looks for: shifts of a standard normal score's mean, in standard deviations per block, with
 * their prior weights.
 *
 * @param sizes signed, none zero
 * @param weights positive, with sum 1
 */
@SuppressWarnings("ArrayRecordComponent") // constants, not compared
public record Shifts(double[] sizes, double[] weights) {

    private static final double[] GRID = {0.4, 0.8, 1.4, 2.2};

    /** A change to either side. */
    public static final Shifts TWO_SIDED = twoSided();

    /** A change upwards, for scores that grow whatever the direction of the change. */
    public static final Shifts UPWARD = upward();

    public Shifts {
        Require.that(
                sizes.length == weights.length && sizes.length > 0,
                "%d shifts with %d weights.",
                sizes.length,
                weights.length);
        double sum = 0;
        for (int i = 0; i < sizes.length; i++) {
            Require.that(sizes[i] != 0 && weights[i] > 0, "The shift %s has the weight %s.", sizes[i], weights[i]);
            sum += weights[i];
        }
        Require.that(Math.abs(sum - 1) < 1e-9, "The weights of the shifts have the sum %s; it must be 1.", sum);
    }

    /** Number of shifts. */
    public int count() {
        return sizes.length;
    }

    /** About as many blocks as a shift needs to be seen: those whose expected log-likelihood ratio is 11.5. */
    public int blocksToSee(int shift) {
        return (int) Math.ceil(23 / (sizes[shift] * sizes[shift]));
    }

    /** A factor of 1 for each shift. */
    public double[] unshrunk() {
        double[] ones = new double[sizes.length];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static Shifts upward() {
        double[] weights = new double[GRID.length];
        Arrays.fill(weights, 1.0 / GRID.length);
        return new Shifts(GRID.clone(), weights);
    }

    private static Shifts twoSided() {
        double[] sizes = new double[2 * GRID.length];
        double[] weights = new double[2 * GRID.length];
        for (int i = 0; i < GRID.length; i++) {
            sizes[2 * i] = GRID[i];
            sizes[2 * i + 1] = -GRID[i];
            weights[2 * i] = 0.5 / GRID.length;
            weights[2 * i + 1] = 0.5 / GRID.length;
        }
        return new Shifts(sizes, weights);
    }
}
