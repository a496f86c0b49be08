package dev.fovea.statistics.sampling;

import dev.fovea.statistics.Require;
import dev.fovea.statistics.linear.FeatureMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Chooses items that weigh much and differ from one another: one after another the item of the largest {@code w d²}, d
 * its distance to the nearest item that is labelled or chosen. With equal weights this is the greedy k-centre of O.
 * Sener and S. Savarese, "Active learning for convolutional neural networks: a core-set approach", ICLR 2018, algorithm
 * 1 (T. F. Gonzalez 1985). Deterministic; ties go to the lower index. Costs candidates × (chosen + labelled) distances.
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
     * @return in the order of choice; fewer where the others equal what is chosen, or weigh nothing
     */
    public static List<Choice> choose(
            FeatureMatrix candidates, double[] weights, Optional<FeatureMatrix> labelled, int count) {
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
        List<Choice> choices = new ArrayList<>();
        boolean[] chosen = new boolean[weights.length];
        while (choices.size() < count) {
            int best = -1;
            for (int i = 0; i < weights.length; i++) {
                if (!chosen[i] && weights[i] * distances[i] > (best < 0 ? 0 : weights[best] * distances[best])) {
                    best = i;
                }
            }
            if (best < 0) {
                return choices;
            }
            chosen[best] = true;
            choices.add(new Choice(best, distances[best], weights[best] * distances[best]));
            if (choices.size() == 1 && labelled.isEmpty()) {
                Arrays.fill(distances, Double.POSITIVE_INFINITY);
            }
            shorten(distances, candidates, candidates, best);
        }
        return choices;
    }

    private static void shorten(double[] distances, FeatureMatrix candidates, FeatureMatrix rows, int row) {
        for (int i = 0; i < distances.length; i++) {
            distances[i] = Math.min(distances[i], candidates.squaredDistance(i, rows, row));
        }
    }
}
