package dev.fovea.statistics.agreement;

import dev.fovea.statistics.Require;
import dev.fovea.statistics.agreement.Agreement.Coefficient;
import dev.fovea.statistics.agreement.Agreement.Reason;
import dev.fovea.statistics.agreement.Agreement.Undefined;
import java.util.Arrays;

/**
 * Agreement of two annotators beyond chance: J. Cohen, "A coefficient of agreement for nominal scales", Educational and
 * Psychological Measurement 20 (1960) 37–46. Chance is the product of the two annotators' own class shares. Only items
 * with labels of both count. Pure.
 */
public final class CohenKappa {

    private CohenKappa() {}

    /** Kappa of two annotators with the default bootstrap. */
    public static Agreement of(Ratings ratings, int first, int second) {
        return of(ratings, first, second, Bootstrap.DEFAULT);
    }

    /**
     * Kappa of two annotators.
     *
     * @param first annotator, in [0, J)
     * @param second another annotator
     */
    public static Agreement of(Ratings ratings, int first, int second, Bootstrap bootstrap) {
        int annotators = ratings.annotators();
        Require.that(
                first >= 0 && first < annotators && second >= 0 && second < annotators && first != second,
                "Annotators %d and %d; name two different ones of 0 to %d.",
                first,
                second,
                annotators - 1);
        int classes = ratings.classes();
        int[] cells = new int[ratings.items()];
        int items = 0;
        for (int item = 0; item < ratings.items(); item++) {
            int one = ratings.label(item, first);
            int other = ratings.label(item, second);
            if (one != Ratings.MISSING && other != Ratings.MISSING) {
                cells[items++] = one * classes + other;
            }
        }
        if (items == 0) {
            int[] counts = ratings.countPerAnnotator();
            boolean alone = counts[first] == 0 ^ counts[second] == 0;
            return new Undefined(alone ? Reason.ONE_ANNOTATOR : Reason.NO_OVERLAP);
        }
        cells = Arrays.copyOf(cells, items);
        int[] counts = new int[classes * classes];
        for (int cell : cells) {
            counts[cell]++;
        }
        double observed = observed(counts, classes);
        double expected = expected(counts, classes);
        if (expected == 1) {
            return new Undefined(Reason.ONE_CLASS);
        }
        double kappa = (observed - expected) / (1 - expected);
        return new Coefficient(
                bootstrap.interval(kappa, cells, counts.length, sample -> {
                    double chance = expected(sample, classes);
                    return (observed(sample, classes) - chance) / (1 - chance);
                }),
                observed,
                expected,
                items);
    }

    private static double observed(int[] counts, int classes) {
        long agreed = 0;
        long all = 0;
        for (int cell = 0; cell < counts.length; cell++) {
            agreed += cell % (classes + 1) == 0 ? counts[cell] : 0;
            all += counts[cell];
        }
        return (double) agreed / all;
    }

    private static double expected(int[] counts, int classes) {
        double chance = 0;
        long all = 0;
        for (int label = 0; label < classes; label++) {
            long row = 0;
            long column = 0;
            for (int other = 0; other < classes; other++) {
                row += counts[label * classes + other];
                column += counts[other * classes + label];
            }
            chance += (double) row * column;
            all += row;
        }
        return chance / ((double) all * all);
    }
}
