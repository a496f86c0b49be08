package dev.fovea.statistics.nearest;

import dev.fovea.statistics.Require;
import dev.fovea.statistics.linear.FeatureMatrix;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The nearest other row by cosine for each row, leaving its own group out, and how often the labels of both agree. Rows
 * run in parallel; the result does not depend on it. Pure.
 */
public final class NeighborAgreement {

    /** No other row is of another group. */
    public static final int NONE = -1;

    private NeighborAgreement() {}

    /**
     * The nearest of each row.
     *
     * @param features {@code [N,D]}
     * @param groups {@code [N]}; rows of one number are not compared
     * @return {@code [N]} indices, {@value #NONE} where all rows are of one group
     */
    public static int[] nearest(FeatureMatrix features, int[] groups) {
        Require.that(groups.length == features.rows(), "%d groups for %d rows.", groups.length, features.rows());
        FeatureMatrix directions = features.normalized();
        return IntStream.range(0, features.rows())
                .parallel()
                .map(row -> nearest(directions, groups, row))
                .toArray();
    }

    private static int nearest(FeatureMatrix directions, int[] groups, int row) {
        int best = NONE;
        double least = Double.POSITIVE_INFINITY;
        for (int other = 0; other < directions.rows(); other++) {
            if (groups[other] != groups[row]) {
                double distance = directions.squaredDistance(row, directions, other);
                if (distance < least) {
                    least = distance;
                    best = other;
                }
            }
        }
        return best;
    }

    /** Rows with a nearest one whose label is theirs. */
    public static long agreeing(int[] nearest, int[] labels) {
        return IntStream.range(0, nearest.length)
                .filter(row -> nearest[row] != NONE && labels[nearest[row]] == labels[row])
                .count();
    }

    /** Rows with a nearest one. */
    public static long compared(int[] nearest) {
        return Arrays.stream(nearest).filter(other -> other != NONE).count();
    }
}
