package dev.fovea.pipeline.head;

import dev.fovea.statistics.Interval;
import dev.fovea.statistics.PairedProportions;
import dev.fovea.statistics.linear.ClassTargets;
import java.util.Locale;

/**
 * A head that learned from teachers beside one that did not: same images, folds and seed, judged by the labels in
 * cross-validation.
 *
 * @param with accuracy with teachers
 * @param without accuracy without
 * @param gain the difference, with its 95 % interval
 * @param logLossWith mean log loss of the labels with teachers, in nats
 * @param logLossWithout the same without
 * @param kept whether the head is the one with teachers
 */
public record TaughtHead(
        double with, double without, Interval gain, double logLossWith, double logLossWithout, boolean kept) {

    /**
     * Compares predictions of the same rows. Teachers are kept where more rows are right with them, or as many and the
     * log loss is lower.
     *
     * @param targets the labels that both are judged by
     */
    static TaughtHead of(HeadFit with, HeadFit without, ClassTargets targets) {
        int[] labels = targets.labels();
        boolean[] right = right(with, labels);
        boolean[] before = right(without, labels);
        PairedProportions pairs = PairedProportions.of(before, right);
        double loss = targets.logLoss(with.balance().chosen().fit().probabilities());
        double lossBefore = targets.logLoss(without.balance().chosen().fit().probabilities());
        return new TaughtHead(
                (double) pairs.second() / pairs.trials(),
                (double) pairs.first() / pairs.trials(),
                pairs.difference(),
                loss,
                lossBefore,
                pairs.second() > pairs.first() || (pairs.second() == pairs.first() && loss < lossBefore));
    }

    private static boolean[] right(HeadFit fit, int[] labels) {
        int[] predictions = fit.balance().chosen().predictions();
        boolean[] right = new boolean[labels.length];
        for (int i = 0; i < right.length; i++) {
            right[i] = predictions[i] == labels[i];
        }
        return right;
    }

    /** The verdict first. */
    public String sentence() {
        return String.format(
                Locale.ROOT,
                "%s: %.1f %% right in cross-validation instead of %.1f %% (%+.1f points, %+.1f to %+.1f), log loss %.3f instead of %.3f.%s",
                verdict(),
                100 * with,
                100 * without,
                100 * gain.value(),
                100 * gain.low(),
                100 * gain.high(),
                logLossWith,
                logLossWithout,
                kept ? "" : " The head is the one that learned from the labels alone.");
    }

    private String verdict() {
        if (gain.low() > 0) {
            return String.format(Locale.ROOT, "The teacher helped the head by %.1f points", 100 * gain.value());
        }
        if (gain.high() < 0) {
            return "The teacher harmed the head";
        }
        return kept ? "The teacher did not measurably help the head, nor harm it" : "The teacher did not help the head";
    }
}
