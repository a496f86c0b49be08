package dev.fovea.training.resume;

import java.util.List;
import java.util.Map;

/**
 * A training between two steps.
 *
 * @param position how far it is
 * @param arrays weights, moments, averages and the best weights so far, by prefixed name
 */
public record TrainingState(Position position, Map<String, float[]> arrays) {

    /** Prefix of the weights that were best in validation. */
    static final String BEST = "best/";

    /**
     * How far a training is.
     *
     * @param step the next one
     * @param batches that were taken from the producer
     * @param time what was spent
     * @param plan text of the planned steps; empty without one
     * @param checks validations on the way that were made
     * @param averageUpdates of the moving average
     * @param bestEpoch of the best weights
     * @param bestScore of the best weights; empty where there are none
     */
    public record Position(
            int step,
            int batches,
            Spent time,
            String plan,
            int checks,
            int averageUpdates,
            int bestEpoch,
            List<Double> bestScore) {}

    /**
     * What was spent.
     *
     * @param seconds since the start
     * @param decodingSeconds of them before the first step
     */
    public record Spent(double seconds, double decodingSeconds) {}
}
