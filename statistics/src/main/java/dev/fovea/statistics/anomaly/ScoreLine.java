package dev.fovea.statistics.anomaly;

import dev.fovea.statistics.Require;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How the scores of a changed detector follow those of the original near the threshold, which is 0: the line
 * {@code changed = offset + slope · original} of least squares, over the half of the images whose original scores lie
 * nearest to 0. Far from it, noise adds less to a large distance than to a small one, so that no line fits all.
 *
 * @param slope positive
 */
public record ScoreLine(double offset, double slope) {

    private static final int LEAST = 10;

    /** A slope below this is noise: then the line is parallel to the original scores. */
    private static final double MIN_SLOPE = 0.1;

    /**
     * The line.
     *
     * @param original {@code [N]} scores
     * @param changed {@code [N]} scores of the same images
     */
    public static ScoreLine of(double[] original, double[] changed) {
        Require.that(
                original.length == changed.length && original.length > 0,
                "%d scores of the original and %d of the changed detector.",
                original.length,
                changed.length);
        int[] near = IntStream.range(0, original.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> Math.abs(original[i])))
                .limit(Math.max(LEAST, original.length / 2))
                .mapToInt(Integer::intValue)
                .toArray();
        double meanOriginal =
                IntStream.of(near).mapToDouble(i -> original[i]).average().orElseThrow();
        double meanChanged =
                IntStream.of(near).mapToDouble(i -> changed[i]).average().orElseThrow();
        double products = 0;
        double squares = 0;
        for (int i : near) {
            products += (original[i] - meanOriginal) * (changed[i] - meanChanged);
            squares += (original[i] - meanOriginal) * (original[i] - meanOriginal);
        }
        double slope = squares > 0 && products / squares > MIN_SLOPE ? products / squares : 1;
        return new ScoreLine(meanChanged - slope * meanOriginal, slope);
    }
}
