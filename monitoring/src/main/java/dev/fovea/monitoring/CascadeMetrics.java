package dev.fovea.monitoring;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a cascade has done in this process since it was declared or the process started.
 *
 * @param answers of the small model, each of which could have been handed on
 * @param escalated answers that were handed on, whatever came of it
 * @param share of the escalated, with its 95 % interval
 * @param compared escalated images that the larger model answered
 * @param agreement share of those for which the small one had said the same, with its 95 % interval
 * @param failures escalations that came to nothing, by error code
 * @param asExpected whether the interval of the share and the one that the evaluation promised overlap; empty without
 *     an evaluation or answers
 */
public record CascadeMetrics(
        long answers,
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
