package dev.fovea.training;

import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/** The best weights so far and the number of epochs without improvement. */
final class BestWeights {

    private final int patience;
    private final BiPredicate<Validation.Score, Validation.Score> better;
    private Map<String, float[]> weights = Map.of();
    private Validation.Score score = new Validation.Score(-1, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    private int epoch;

    /**
     * No weights yet.
     *
     * @param patience epochs without improvement that are waited for
     * @param better whether the first score is better than the second
     */
    BestWeights(int patience, BiPredicate<Validation.Score, Validation.Score> better) {
        this.patience = patience;
        this.better = better;
    }

    /** Stores the weights if they improve on the best. */
    void offer(int currentEpoch, Validation.Score current, Supplier<Map<String, float[]>> snapshot) {
        if (better.test(current, score)) {
            score = current;
            epoch = currentEpoch;
            weights = snapshot.get();
        }
    }

    /** Goes on with the best of an earlier training. */
    void resume(int bestEpoch, List<Double> scores, Map<String, float[]> best) {
        if (!scores.isEmpty()) {
            epoch = bestEpoch;
            score = new Validation.Score(scores.get(0), scores.get(1), scores.get(2));
            weights = best;
        }
    }

    /** The score in numbers; empty where no weights were offered. */
    List<Double> scores() {
        return weights.isEmpty() ? List.of() : List.of(score.accuracy(), score.loss(), score.calibratedLoss());
    }

    boolean exhausted(int currentEpoch) {
        return currentEpoch - epoch >= patience;
    }

    Map<String, float[]> weights() {
        return weights;
    }

    Validation.Score score() {
        return score;
    }

    int epoch() {
        return epoch;
    }
}
