package dev.fovea.statistics;

import java.util.SplittableRandom;

/**
 * Whether predictions tell anything about labels. The balanced accuracy (the mean recall of the classes with labels) is
 * compared with that of the same predictions against shuffled labels. Source of the p-value, which is never 0: B.
 * Phipson and G. Smyth, "Permutation P-values Should Never Be Zero", Statistical Applications in Genetics and Molecular
 * Biology 9(1), 2010.
 *
 * @param balancedAccuracy of the predictions, 0 to 1
 * @param chance mean of the balanced accuracy against shuffled labels
 * @param pValue one-sided: the share of shuffles that are at least as good, the labels as they are counted in
 */
public record PermutationTest(double balancedAccuracy, double chance, double pValue) {

    private static final int SHUFFLES = 999;
    private static final double ROUNDING = 1e-12;

    /**
     * Tests predictions that were made without their own labels, such as those of cross-validation.
     *
     * @param classes K
     * @param labels {@code [N]}, N at least 1
     * @param predictions {@code [N]}
     * @param seed of the shuffles
     */
    public static PermutationTest of(int classes, int[] labels, int[] predictions, long seed) {
        Require.that(
                labels.length > 0 && labels.length == predictions.length,
                "%d labels for %d predictions; there must be as many, and at least one.",
                labels.length,
                predictions.length);
        double observed = balancedAccuracy(classes, labels, predictions);
        SplittableRandom random = new SplittableRandom(seed);
        int[] shuffled = labels.clone();
        int asGood = 0;
        double sum = 0;
        for (int i = 0; i < SHUFFLES; i++) {
            shuffle(shuffled, random);
            double value = balancedAccuracy(classes, shuffled, predictions);
            asGood += value >= observed - ROUNDING ? 1 : 0;
            sum += value;
        }
        return new PermutationTest(observed, sum / SHUFFLES, (1.0 + asGood) / (1 + SHUFFLES));
    }

    private static double balancedAccuracy(int classes, int[] labels, int[] predictions) {
        int[] counts = new int[classes];
        int[] hits = new int[classes];
        for (int i = 0; i < labels.length; i++) {
            counts[labels[i]]++;
            hits[labels[i]] += labels[i] == predictions[i] ? 1 : 0;
        }
        double sum = 0;
        int present = 0;
        for (int k = 0; k < classes; k++) {
            if (counts[k] > 0) {
                sum += (double) hits[k] / counts[k];
                present++;
            }
        }
        return sum / present;
    }

    private static void shuffle(int[] values, SplittableRandom random) {
        for (int i = values.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = values[i];
            values[i] = values[other];
            values[other] = kept;
        }
    }
}
