package dev.fovea.monitoring.objectives.history;

/**
 * How the requests of a model went in some time.
 *
 * @param latencies of the answers, as the caller sees them; a fallback's response is an answer
 * @param failures for which the model, the server or a lack of capacity is to blame
 * @param rejected requests with an error for which the caller or its image is to blame
 * @param fallbacks answers that a fallback gave
 * @param use what they used
 */
public record ServiceCounts(LatencyHistogram latencies, long failures, long rejected, long fallbacks, ServiceUse use) {

    /** Without requests. */
    public static final ServiceCounts NONE = new ServiceCounts(LatencyHistogram.EMPTY, 0, 0, 0, ServiceUse.NONE);

    /** Requests with a response. */
    public long answers() {
        return Math.max(0, latencies.count());
    }

    /** Requests that count for availability. */
    public long served() {
        return answers() + Math.max(0, failures);
    }

    /** All requests. */
    public long requests() {
        return served() + rejected;
    }

    /** Both together. */
    public ServiceCounts plus(ServiceCounts other) {
        return new ServiceCounts(
                latencies.plus(other.latencies),
                failures + other.failures,
                rejected + other.rejected,
                fallbacks + other.fallbacks,
                use.plus(other.use));
    }
}
