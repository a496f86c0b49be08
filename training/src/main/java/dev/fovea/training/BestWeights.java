package dev.fovea.training;

import dev.fovea.training.graph.TrainableGraph;
import java.util.Map;

/** The best weights so far and the number of epochs without improvement. */
final class BestWeights {

    private final int patience;
    private Map<String, float[]> weights = Map.of();
    private Validation.Score score = new Validation.Score(-1, Double.POSITIVE_INFINITY);
    private int epoch;

    BestWeights(int patience) {
        this.patience = patience;
    }

    /** Stores the graph's weights if they improve on the best. */
    void offer(int currentEpoch, Validation.Score current, TrainableGraph graph) {
        if (current.betterThan(score)) {
            score = current;
            epoch = currentEpoch;
            weights = graph.snapshot();
        }
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
