package dev.fovea.statistics.sampling;

import dev.fovea.statistics.Require;
import dev.fovea.statistics.linear.FeatureMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Chooses items that weigh much and differ from one another: one after another is drawn with a probability in
 * proportion to {@code w d²}, d its distance to the nearest item that is labelled or chosen. With equal weights this is
 * the seeding of D. Arthur and S. Vassilvitskii, "k-means++: the advantages of careful seeding", SODA 2007, section
 * 2.2. Taking the largest {@code w d²} instead, as the greedy k-centre does, prefers outliers: it needed a third more
 * labels on noisy data. The same seed gives the same items. Costs candidates × (chosen + labelled) distances.
 */
public final class DiverseSelection {

    /** The squared distance that counts for the first item where nothing is labelled. */
    private static final double UNLABELLED = 1;

    private DiverseSelection() {}

    /**
     * A chosen item.
     *
     * @param item its index
     * @param squaredDistance to the nearest item that was labelled or chosen before it; 1 where there is none
     * @param value {@code w d²}
     */
    public record Choice(int item, double squaredDistance, double value) {}

    /**
     * Chooses items.
     *
     * @param candidates {@code [N,D]}
     * @param weights {@code [N]}, finite and not negative
     * @param labelled {@code [M,D]}; empty where nothing is labelled
     * @param count how many to choose
     * @param seed of the draws
     * @return in the order of choice; fewer where the others equal what is chosen, or weigh nothing
     */
    public static List<Choice> choose(
            FeatureMatrix candidates, double[] weights, Optional<FeatureMatrix> labelled, int count, long seed) {
        Require.that(
                weights.length == candidates.rows(), "%d weights for %d items.", weights.length, candidates.rows());
        Require.that(
                Arrays.stream(weights).allMatch(w -> w >= 0 && Double.isFinite(w)),
                "A weight is negative or not finite.");
        double[] distances = new double[weights.length];
        Arrays.fill(distances, labelled.isPresent() ? Double.POSITIVE_INFINITY : UNLABELLED);
        labelled.ifPresent(rows -> {
            for (int row = 0; row < rows.rows(); row++) {
                shorten(distances, candidates, rows, row);
            }
        });
        SplittableRandom random = new SplittableRandom(seed);
        List<Choice> choices = new ArrayList<>();
        while (choices.size() < count) {
            int drawn = draw(weights, distances, random.nextDouble());
            if (drawn < 0) {
                return choices;
            }
            choices.add(new Choice(drawn, distances[drawn], weights[drawn] * distances[drawn]));
            if (choices.size() == 1 && labelled.isEmpty()) {
                Arrays.fill(distances, Double.POSITIVE_INFINITY);
            }
            shorten(distances, candidates, candidates, drawn);
        }
        return choices;
    }

    /** The item at a share of the sum of all; -1 where the sum is 0. What was drawn has the distance 0. */
    private static int draw(double[] weights, double[] distances, double share) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * distances[i];
        }
        double left = share * sum;
        int drawn = -1;
        for (int i = 0; i < weights.length && left >= 0; i++) {
            double value = weights[i] * distances[i];
            drawn = value > 0 ? i : drawn;
            left -= value;
        }
        return drawn;
    }

    private static void shorten(double[] distances, FeatureMatrix candidates, FeatureMatrix rows, int row) {
        for (int i = 0; i < distances.length; i++) {
            distances[i] = Math.min(distances[i], candidates.squaredDistance(i, rows, row));
        }
    }
}
