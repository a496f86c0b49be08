package dev.fovea.statistics.estimation;

import dev.fovea.statistics.Interval;
import dev.fovea.statistics.Require;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * Which predictions to label so that the share of right ones is known to a wanted precision. Predictions are drawn with
 * replacement with {@code q = (1 - m) σ/sum(σ) + m/N}, where σ is the standard deviation of the outcome by its guess.
 * That minimises the variance when the guesses are calibrated; the uniform part m = {@value #UNIFORM} bounds it when
 * they are not. Source: T. Zrnic and E. Candès, "Active statistical inference", ICML 2024, section 3. A prediction that
 * is drawn twice is labelled once and counts twice. Immutable.
 *
 * @param probabilities {@code [N]} of each draw
 * @param drawn {@code [T]} indices in the order in which they must be labelled
 */
public record LabelPlan(double[] probabilities, int[] drawn) {

    /** The share of the draws that does not look at the guesses. */
    public static final double UNIFORM = 0.2;

    private static final double MIN_DEVIATION = 0.05;
    private static final int MIN_DRAWS = 30;
    private static final int MAX_DRAWS_PER_PREDICTION = 20;

    /**
     * The probabilities of one draw of rows, of sum 1.
     *
     * @param guesses {@code [N]} in [0, 1]
     * @param weights {@code [N]}, where the rows stand for more than themselves
     */
    public static double[] probabilities(double[] guesses, DesignWeights weights) {
        double[] deviations = new double[guesses.length];
        Arrays.setAll(
                deviations, i -> weights.of(i) * Math.max(MIN_DEVIATION, Math.sqrt(guesses[i] * (1 - guesses[i]))));
        double sum = Arrays.stream(deviations).sum();
        double total = weights.total();
        double[] probabilities = new double[guesses.length];
        Arrays.setAll(probabilities, i -> (1 - UNIFORM) * deviations[i] / sum + UNIFORM * weights.of(i) / total);
        return probabilities;
    }

    /** The variance of one draw's term if the guesses are right: {@code sum w² f(1-f)/q / N²}. */
    public static double termVariance(double[] guesses, DesignWeights weights, double[] probabilities) {
        double sum = 0;
        for (int i = 0; i < guesses.length; i++) {
            sum += weights.of(i) * weights.of(i) * guesses[i] * (1 - guesses[i]) / probabilities[i];
        }
        return sum / weights.total() / weights.total();
    }

    /**
     * How many draws an interval of {@code ± half} needs; at least {@value #MIN_DRAWS}, as the variance must be found.
     *
     * @param termVariance of one draw's term: expected, or found from labels
     */
    public static int draws(double termVariance, double half, double level) {
        Require.confidenceLevel(level);
        Require.that(half > 0 && half < 0.5, "Within %s; it must lie between 0 and 0.5.", half);
        double z = new NormalDistribution().inverseCumulativeProbability((1 + level) / 2);
        return (int) Math.max(MIN_DRAWS, Math.ceil(z * z * termVariance / (half * half)));
    }

    /**
     * How many labels of a simple random sample of N predictions are needed for {@code ± half}; at least
     * {@value #MIN_DRAWS}, and at most N.
     */
    public static int withoutGuesses(double share, int predictions, double half) {
        double z = new NormalDistribution().inverseCumulativeProbability((1 + Interval.DEFAULT_LEVEL) / 2);
        double infinite = z * z * share * (1 - share) / (half * half);
        int needed = (int) Math.ceil(infinite / (1 + infinite / predictions));
        return Math.min(predictions, Math.max(MIN_DRAWS, needed));
    }

    /** Rows in a random order, without some that are taken: a simple random sample for every number of them. */
    public static int[] shuffled(int rows, IntPredicate taken, long seed) {
        int[] order = IntStream.range(0, rows).filter(row -> !taken.test(row)).toArray();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int moved = order[i];
            order[i] = order[other];
            order[other] = moved;
        }
        return order;
    }

    /**
     * A plan of so many draws; the same seed begins with the same draws, so that a longer plan continues a shorter one.
     */
    public static LabelPlan of(double[] probabilities, int draws, long seed) {
        Require.that(
                draws > 0 && draws <= (long) probabilities.length * MAX_DRAWS_PER_PREDICTION,
                "%d draws of %d predictions; label all of them.",
                draws,
                probabilities.length);
        double[] cumulative = probabilities.clone();
        Arrays.parallelPrefix(cumulative, Double::sum);
        double total = cumulative[cumulative.length - 1];
        SplittableRandom random = new SplittableRandom(seed);
        int[] drawn = new int[draws];
        for (int t = 0; t < draws; t++) {
            int found = Arrays.binarySearch(cumulative, random.nextDouble() * total);
            drawn[t] = Math.min(cumulative.length - 1, found < 0 ? -found - 1 : found + 1);
        }
        return new LabelPlan(probabilities, drawn);
    }

    /** The probability of each draw, {@code [T]}. */
    public double[] drawProbabilities() {
        return Arrays.stream(drawn).mapToDouble(row -> probabilities[row]).toArray();
    }

    /** The predictions to label, each once, in the order of their first draw. */
    public Set<Integer> distinct() {
        Set<Integer> distinct = new LinkedHashSet<>();
        for (int index : drawn) {
            distinct.add(index);
        }
        return distinct;
    }
}
