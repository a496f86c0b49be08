package dev.fovea.statistics;

import java.util.stream.IntStream;

/**
 * The interval of macro-F1, the mean of the classes' F1 scores. Distances to the ends of each class's
 * {@link F1Interval} are squared and added, as in {@link MeanOfProportions}. The scores are not independent: a mistake
 * is a false negative of one class and a false positive of another, so it lowers two of them. As {@code (a + b)² ≤ 2(a²
 * + b²)}, the sum of squares is doubled, which makes the interval conservative. Unlike the bootstrap, it does not
 * collapse when every prediction is correct. Pure.
 */
public final class MacroF1Interval {

    /** Scores that a mistake lowers. */
    private static final double SHARED = 2;

    private MacroF1Interval() {}

    /**
     * The interval of {@link ConfusionMatrix#macroF1}.
     *
     * @param confusion with at least one image
     * @param level of confidence, between 0 and 1
     */
    public static Interval of(ConfusionMatrix confusion, double level) {
        int[] shown = IntStream.range(0, confusion.classes())
                .filter(label -> confusion.support(label) > 0)
                .toArray();
        Require.that(shown.length > 0, "No images; macro-F1 needs at least one.");
        double sum = 0;
        double down = 0;
        double up = 0;
        for (int label : shown) {
            Interval one = F1Interval.of(
                    confusion.truePositives(label),
                    confusion.falsePositives(label),
                    confusion.falseNegatives(label),
                    level);
            sum += one.value();
            down += (one.value() - one.low()) * (one.value() - one.low());
            up += (one.high() - one.value()) * (one.high() - one.value());
        }
        int n = shown.length;
        double mean = sum / n;
        return Interval.within(mean, mean - Math.sqrt(SHARED * down) / n, mean + Math.sqrt(SHARED * up) / n, 0, 1);
    }
}
