package dev.fovea.statistics.anomaly;

import dev.fovea.statistics.Require;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Scores that lie far above the others, by the median and the median absolute deviation of their logarithms (P. J.
 * Rousseeuw and C. Croux, "Alternatives to the median absolute deviation", JASA 88 (1993)), which a minority of unusual
 * ones cannot move.
 */
public final class UnusualScores {

    /** Makes the median absolute deviation of a normal distribution its standard deviation. */
    private static final double NORMAL = 1.4826;

    private UnusualScores() {}

    /**
     * Places of the unusual scores, the largest first.
     *
     * @param scores positive
     * @param deviations how many standard deviations above the median a score is unusual
     */
    public static List<Integer> of(double[] scores, double deviations) {
        double[] logarithms = new double[scores.length];
        for (int i = 0; i < scores.length; i++) {
            Require.that(scores[i] > 0 && Double.isFinite(scores[i]), "A score of %s; it must be positive.", scores[i]);
            logarithms[i] = Math.log(scores[i]);
        }
        double middle = median(logarithms);
        double spread = NORMAL
                * median(Arrays.stream(logarithms)
                        .map(value -> Math.abs(value - middle))
                        .toArray());
        return IntStream.range(0, scores.length)
                .filter(i -> logarithms[i] > middle + deviations * spread)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> scores[i]).reversed())
                .toList();
    }

    /** The median of any count above 0; the mean of the middle two of an even one. */
    public static double median(double[] values) {
        Require.that(values.length > 0, "The median of %d values is undefined.", values.length);
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
