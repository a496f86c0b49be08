package dev.fovea.rollout.policy;

/** What a guard watches. */
public enum GuardMetric {
    /** The share of requests that fail through the model or the server. */
    ERRORS(WorseSide.HIGHER),
    /** The 99th percentile of the latency of responses that ran the network. */
    P99(WorseSide.HIGHER),
    /** The share of images for which candidate and production predict the same, where both see them. */
    AGREEMENT(WorseSide.LOWER),
    /** The mean calibrated confidence: the estimate of accuracy without labels. */
    CONFIDENCE(WorseSide.LOWER),
    /** The share of correct predictions among those whose true label is known. */
    ACCURACY(WorseSide.LOWER),
    /** The mean of a business figure. */
    KPI(WorseSide.LOWER);

    private final WorseSide worse;

    GuardMetric(WorseSide worse) {
        this.worse = worse;
    }

    /** Which side is worse where a guard does not say. */
    public WorseSide worse() {
        return worse;
    }
}
