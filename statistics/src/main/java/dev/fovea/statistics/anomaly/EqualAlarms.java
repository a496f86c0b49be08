package dev.fovea.statistics.anomaly;

import dev.fovea.statistics.Interval;
import dev.fovea.statistics.McNemar;
import dev.fovea.statistics.PairedProportions;
import dev.fovea.statistics.Require;
import dev.fovea.statistics.WilsonInterval;
import java.util.Arrays;

/**
 * Two detectors on the same images at the same number of false alarms: each has the lowest threshold that as many good
 * images as allowed are above, so that neither is ahead by being bolder. Intervals are 95 %.
 *
 * @param good number of good images
 * @param defects number of images with a defect
 * @param alarms good images that may be above the threshold
 * @param first what the first finds
 * @param second what the second finds
 * @param gain share of defects that the second finds minus that of the first, with its paired interval
 * @param pValue two-sided mid-p value of McNemar's test on the defects
 */
public record EqualAlarms(
        int good, int defects, int alarms, DetectionRate first, DetectionRate second, Interval gain, double pValue) {

    private static final double LEVEL = 0.05;

    /**
     * What one detector does.
     *
     * @param found defects above the threshold
     * @param rate that share
     * @param auroc probability that a defect scores above a good image
     */
    public record DetectionRate(int found, Interval rate, Interval auroc) {}

    /** Scores of one detector, the same images in the same order as for the other; the higher, the worse the image. */
    @SuppressWarnings("ArrayRecordComponent") // not compared
    public record AnomalyScores(double[] good, double[] defects) {}

    /**
     * Compares.
     *
     * @param rate share of good images that may be false alarms, 0 to 1; rounded down to images
     */
    public static EqualAlarms of(AnomalyScores first, AnomalyScores second, double rate) {
        int good = first.good().length;
        int defects = first.defects().length;
        Require.that(
                good > 0 && defects > 0 && good == second.good().length && defects == second.defects().length,
                "Detectors with scores of %d and %d good images, %d and %d defects; they must be as many, and one or more.",
                good,
                second.good().length,
                defects,
                second.defects().length);
        Require.that(rate >= 0 && rate < 1, "A false-alarm rate of %s; it must be from 0 to below 1.", rate);
        int alarms = (int) Math.floor(rate * good);
        boolean[] byFirst = found(first, alarms);
        boolean[] bySecond = found(second, alarms);
        PairedProportions paired = PairedProportions.of(byFirst, bySecond);
        return new EqualAlarms(
                good,
                defects,
                alarms,
                detection(first, byFirst),
                detection(second, bySecond),
                paired.difference(),
                McNemar.of(byFirst, bySecond).midP());
    }

    /** Equal scores are on one side of the threshold, so that there may be fewer alarms than allowed. */
    private static boolean[] found(AnomalyScores scores, int alarms) {
        double[] sorted = scores.good().clone();
        Arrays.sort(sorted);
        double threshold = sorted[sorted.length - 1 - alarms];
        boolean[] found = new boolean[scores.defects().length];
        for (int i = 0; i < found.length; i++) {
            found[i] = scores.defects()[i] > threshold;
        }
        return found;
    }

    private static DetectionRate detection(AnomalyScores scores, boolean[] found) {
        int count = 0;
        for (boolean one : found) {
            count += one ? 1 : 0;
        }
        return new DetectionRate(
                count, WilsonInterval.of(count, found.length), AreaUnderRoc.of(scores.good(), scores.defects()));
    }

    /** Whether one is shown to find more defects than the other. */
    public boolean isShown() {
        return pValue < LEVEL && (gain.low() > 0 || gain.high() < 0);
    }
}
