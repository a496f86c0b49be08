package dev.fovea.statistics.drift;

import dev.fovea.statistics.Require;
import java.util.ArrayList;
import java.util.List;

/**
 * Which of several models, from simple to large, fits each of many responses: the one with the least sum of squared
 * errors of prediction for the response itself where it is clearly less, else the one with the least for all responses
 * together, which sees effects that are small in each. Source of the criterion: D. M. Allen, Technometrics 16 (1974)
 * 125–127.
 */
public final class PressChoice {

    /** What a regressor's chance gain is multiplied by before a gain is clear. */
    private static final double CLEAR = 3;

    private final int[] sizes;
    private final int rows;
    private final List<double[]> byResponse = new ArrayList<>();
    private final double[] together;

    /**
     * @param sizes number of regressors of each model, growing
     * @param rows number of observations
     */
    public PressChoice(int[] sizes, int rows) {
        Require.that(sizes.length > 0 && rows > 0, "%d models of %d rows.", sizes.length, rows);
        this.sizes = sizes.clone();
        this.rows = rows;
        this.together = new double[sizes.length];
    }

    /**
     * Adds a response.
     *
     * @param press sum of squared errors of prediction of each model
     * @return its number, from 0
     */
    public int add(double[] press) {
        Require.that(press.length == sizes.length, "%d sums for %d models.", press.length, sizes.length);
        double[] relative = new double[press.length];
        for (int m = 0; m < press.length; m++) {
            relative[m] = press[0] > 0 ? press[m] / press[0] : 1;
            together[m] += relative[m];
        }
        byResponse.add(relative);
        return byResponse.size() - 1;
    }

    /** The model of a response, once all were added. */
    public int of(int response) {
        double[] relative = byResponse.get(response);
        int best = least(relative);
        double chance = CLEAR * (sizes[best] - sizes[0]) / rows;
        return best > 0 && 1 - relative[best] > chance ? best : least(together);
    }

    private static int least(double[] values) {
        int least = 0;
        for (int i = 1; i < values.length; i++) {
            least = values[i] < values[least] ? i : least;
        }
        return least;
    }
}
