package dev.fovea.statistics.labelerrors;

import dev.fovea.statistics.Require;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How many items must be reviewed to find a part of the wrong labels. Each item gets a probability that its label is
 * wrong: its odds {@code (1 − p) / p}, with p the {@link LabelScore#SELF_CONFIDENCE}, are multiplied by one factor per
 * class, so that the probabilities of a class sum to the number of wrong labels that the {@link ConfidentJoint}
 * estimates. This is the correction of a classifier for another prior: M. Saerens, P. Latinne and C. Decaestecker,
 * Neural Computation 14 (2002) 21–41, equation 2.4. Immutable.
 */
public final class ReviewEffort {

    private static final double FLOOR = 1e-12;
    private static final int BISECTIONS = 200;

    private final double[] wrong;

    private ReviewEffort(double[] wrong) {
        this.wrong = wrong;
    }

    /** The effort for the items of a joint; the same labels and probabilities as those of the joint. */
    public static ReviewEffort of(ConfidentJoint joint, int[] given, double[][] probabilities) {
        double[] scores = LabelScore.SELF_CONFIDENCE.of(probabilities, given);
        double[] wrong = new double[given.length];
        for (int k = 0; k < joint.classes(); k++) {
            int label = k;
            int[] items = IntStream.range(0, given.length)
                    .filter(i -> given[i] == label)
                    .toArray();
            double expected = items.length - (items.length == 0 ? 0 : joint.calibrated(k, k));
            if (expected > 0) {
                double[] odds = Arrays.stream(items)
                        .mapToDouble(i -> (1 - scores[i] + FLOOR) / (scores[i] + FLOOR))
                        .toArray();
                double factor = factor(odds, expected);
                for (int i = 0; i < items.length; i++) {
                    wrong[items[i]] = probability(factor * odds[i]);
                }
            }
        }
        return new ReviewEffort(wrong);
    }

    /** The factor at which the probabilities sum to the expected number; the sum rises with it. */
    private static double factor(double[] odds, double expected) {
        double low = -80;
        double high = 80;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (low + high) / 2;
            double factor = Math.exp(middle);
            double sum =
                    Arrays.stream(odds).map(each -> probability(factor * each)).sum();
            if (sum < expected) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.exp((low + high) / 2);
    }

    private static double probability(double odds) {
        return odds / (1 + odds);
    }

    /** The probability that the label of an item is wrong. */
    public double wrongProbability(int item) {
        return wrong[item];
    }

    /** The expected number of wrong labels. */
    public double expected() {
        return Arrays.stream(wrong).sum();
    }

    /** The expected number of wrong labels among some items. */
    public double expected(int[] items) {
        return Arrays.stream(items).mapToDouble(i -> wrong[i]).sum();
    }

    /**
     * The number of items to review.
     *
     * @param ranking {@code [M]} the items in the order of the review
     * @param expected number of wrong labels, of all items or of those that are meant
     * @param part of the expected wrong labels to be found, in (0, 1], such as 0.5 to halve them
     * @return at most M: fewer are expected to be found when the ranking is short
     */
    public int items(int[] ranking, double expected, double part) {
        Require.that(part > 0 && part <= 1, "The part is %s; it must be above 0 and at most 1.", part);
        double goal = part * expected * (1 - 1e-9);
        double found = 0;
        int count = 0;
        while (count < ranking.length && found < goal) {
            found += wrong[ranking[count++]];
        }
        return count;
    }
}
