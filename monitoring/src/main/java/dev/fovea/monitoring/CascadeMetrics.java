package dev.fovea.monitoring;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Counts of a cascade in this process since it was declared or the process started.
 *
 * @param predictions number of predictions of the small model
 * @param escalated number of escalations, including failed ones
 * @param share of the escalated, with its 95 % interval
 * @param compared number of escalated images with a prediction of the larger model
 * @param agreement fraction of compared images with the same label from both models, with its 95 % interval
 * @param failures failed escalations, by error code
 * @param asExpected whether the intervals of the share and of the evaluation's expectation overlap; empty without an
 *     evaluation or predictions
 */
public record CascadeMetrics(
        long predictions,
        long escalated,
        Optional<Share> share,
        long compared,
        Optional<Share> agreement,
        Map<String, Long> failures,
        Optional<Boolean> asExpected) {

    public CascadeMetrics {
        failures = new TreeMap<>(failures);
    }

    /** A share with its 95 % Wilson interval. */
    public record Share(double value, double low, double high) {}
}
