package dev.fovea.statistics.labelerrors;

import dev.fovea.statistics.Require;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How well a label fits the probabilities of its item, in [0, 1]; low is suspect. Source: J. Kuan and J. Mueller,
 * "Model-agnostic label quality scoring to detect real-world label errors", ICML DataPerf workshop 2022; the
 * definitions are cleanlab's.
 */
public enum LabelScore {
    /** The probability of the given label. */
    SELF_CONFIDENCE {
        @Override
        public double of(double[] probabilities, int given) {
            return probabilities[given];
        }
    },
    /** {@code (p_given − max p_other + 1) / 2}. */
    NORMALIZED_MARGIN {
        @Override
        public double of(double[] probabilities, int given) {
            double other = 0;
            for (int k = 0; k < probabilities.length; k++) {
                other = k == given ? other : Math.max(other, probabilities[k]);
            }
            return (probabilities[given] - other + 1) / 2;
        }
    };

    /** The score of one label, given the item's probabilities {@code [K]}. */
    public abstract double of(double[] probabilities, int given);

    /** Scores {@code [N]} of labels {@code [N]} with probabilities {@code [N][K]}. */
    public double[] of(double[][] probabilities, int[] given) {
        check(given, probabilities);
        return IntStream.range(0, given.length)
                .mapToDouble(i -> of(probabilities[i], given[i]))
                .toArray();
    }

    /** The items from the most to the least suspect, {@code [N]}; ties by index. */
    public int[] ranking(double[][] probabilities, int[] given) {
        double[] scores = of(probabilities, given);
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> scores[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    static void check(int[] given, double[][] probabilities) {
        Require.that(given.length > 0, "No items; there must be at least one.");
        Require.that(
                given.length == probabilities.length,
                "%d labels but %d rows of probabilities.",
                given.length,
                probabilities.length);
        int classes = probabilities[0].length;
        Require.that(classes >= 2, "%d classes; there must be at least two.", classes);
        for (int i = 0; i < given.length; i++) {
            Require.that(
                    given[i] >= 0 && given[i] < classes,
                    "Item %d has label %d; classes are 0 to %d.",
                    i,
                    given[i],
                    classes - 1);
            int item = i;
            Require.that(
                    probabilities[i].length == classes
                            && Arrays.stream(probabilities[item]).allMatch(p -> p >= 0 && p <= 1 + 1e-9),
                    "Item %d has the probabilities %s; there must be %d between 0 and 1.",
                    i,
                    Arrays.toString(probabilities[i]),
                    classes);
        }
    }
}
