package dev.fovea.statistics.estimation;

import dev.fovea.statistics.Interval;
import dev.fovea.statistics.linear.FeatureMatrix;
import java.util.Arrays;
import java.util.Comparator;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * Whether live images look like reference images that got the same predictions. An estimate from confidence assumes
 * that {@code P(right | prediction)} is what it was. That holds when {@code P(image | prediction)} is what it was and
 * the meaning of the classes did not change. So the reference is weighted until its predictions are distributed as the
 * live ones are, and a classifier is trained to tell both by the images. Its area under the ROC curve, out of fold, is
 * 0.5 when it cannot. Source of the classifier test: D. Lopez-Paz and M. Oquab, "Revisiting classifier two-sample
 * tests", ICLR 2017; of the variance: E. DeLong, D. DeLong and D. Clarke-Pearson, Biometrics 44 (1988) 837–845, with
 * weights.
 *
 * @param auc area under the curve with its 95 % interval
 * @param verdict what follows from it
 */
public record ConditionalShift(Interval auc, ShiftVerdict verdict) {

    /** An area up to this is the same for all purposes: what a change of the class mix alone causes. */
    public static final double TOLERATED = 0.55;

    /** The interval must end below this before the images are called alike. */
    public static final double DETECTABLE = 0.60;

    /** What the area says about the estimate. */
    public enum ShiftVerdict {
        /** The images are alike. */
        ALIKE,
        /** They differ: the estimate must not be trusted. */
        DIFFERENT,
        /** There are too few images to tell. */
        TOO_FEW
    }

    private record Row(double odds, double weight, boolean live, int index) {}

    /**
     * Compares images.
     *
     * @param reference {@code [N,D]} what is known of the reference's images, such as embedding and measures
     * @param live {@code [M,D]} the same of live images
     * @param weights {@code [N]} of the reference's rows, from the predictions
     */
    public static ConditionalShift of(FeatureMatrix reference, FeatureMatrix live, double[] weights, long seed) {
        double[] odds = DensityRatio.odds(reference, live, weights, seed);
        int n = reference.rows();
        Row[] rows = new Row[odds.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new Row(odds[i], i < n ? weights[i] : 1, i >= n, i < n ? i : i - n);
        }
        Interval auc = auc(rows, n, live.rows());
        ShiftVerdict verdict = auc.low() > TOLERATED
                ? ShiftVerdict.DIFFERENT
                : auc.high() < DETECTABLE ? ShiftVerdict.ALIKE : ShiftVerdict.TOO_FEW;
        return new ConditionalShift(auc, verdict);
    }

    /** The weighted area and its interval from the placements of both samples. */
    private static Interval auc(Row[] rows, int n, int m) {
        Arrays.sort(rows, Comparator.comparingDouble(Row::odds));
        double[] weight = new double[n];
        double total = 0;
        for (Row row : rows) {
            if (!row.live()) {
                weight[row.index()] = row.weight();
                total += row.weight();
            }
        }
        double[] below = new double[m];
        double[] above = new double[n];
        double reference = 0;
        double live = 0;
        for (int from = 0; from < rows.length; ) {
            int to = from;
            double tiedReference = 0;
            double tiedLive = 0;
            while (to < rows.length && rows[to].odds() == rows[from].odds()) {
                tiedReference += rows[to].live() ? 0 : rows[to].weight();
                tiedLive += rows[to].live() ? 1 : 0;
                to++;
            }
            for (int i = from; i < to; i++) {
                if (rows[i].live()) {
                    below[rows[i].index()] = (reference + tiedReference / 2) / total;
                } else {
                    above[rows[i].index()] = 1 - (live + tiedLive / 2) / m;
                }
            }
            reference += tiedReference;
            live += tiedLive;
            from = to;
        }
        double auc = Math.clamp(Arrays.stream(below).average().orElseThrow(), 0, 1);
        double variance = 0;
        for (double placement : below) {
            variance += (placement - auc) * (placement - auc) / m / Math.max(1, m - 1);
        }
        for (int i = 0; i < n; i++) {
            double share = weight[i] / total;
            variance += share * share * (above[i] - auc) * (above[i] - auc);
        }
        double half = new NormalDistribution().inverseCumulativeProbability((1 + Interval.DEFAULT_LEVEL) / 2)
                * Math.sqrt(variance);
        return Interval.within(auc, auc - half, auc + half, 0, 1);
    }
}
