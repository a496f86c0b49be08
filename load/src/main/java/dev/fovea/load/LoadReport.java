package dev.fovea.load;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * The outcome of the requests that were due in the measured time.
 *
 * @param latencyMs latency of successful requests, from the scheduled time; empty without them
 * @param errors failed requests, by error code
 * @param generator lateness of the generator itself
 * @param p99 whether the latency limit was met; empty without a limit
 */
public record LoadReport(
        LoadCounts traffic,
        Optional<LatencyMs> latencyMs,
        Map<String, Long> errors,
        Punctuality generator,
        Optional<LimitCheck> p99) {

    private static final double MICROS_PER_MS = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;

    /**
     * Counts and rates.
     *
     * @param seconds the measured time
     * @param offeredPerSecond requests that came due, per second of the measured time
     * @param succeededPerSecond successful responses per second, until the end of the measured time or the last
     *     response if that is later
     * @param due number of requests due: the sum of the three that follow
     * @param succeeded number of successful requests
     * @param failed sent, and refused or lost
     * @param notStarted not sent, because the in-flight limit was reached
     */
    public record LoadCounts(
            double seconds,
            double offeredPerSecond,
            double succeededPerSecond,
            long due,
            long succeeded,
            long failed,
            long notStarted) {}

    /** Quantiles in milliseconds. */
    public record LatencyMs(double p50, double p95, double p99, double p999, double max) {

        private static LatencyMs of(Histogram micros) {
            return new LatencyMs(
                    quantile(micros, 50),
                    quantile(micros, 95),
                    quantile(micros, 99),
                    quantile(micros, 99.9),
                    micros.getMaxValue() / MICROS_PER_MS);
        }
    }

    /**
     * The generator's self-check.
     *
     * @param lateP99Ms 99th percentile of the sending delay
     * @param limit whether that is above a millisecond and above a tenth of the p99 latency; the results then measure
     *     the generator, too
     */
    public record Punctuality(double lateP99Ms, double lateMaxMs, boolean limit) {}

    /**
     * Whether 99 % of requests succeeded within the limit. Timed-out and unstarted requests count as late; rejected
     * requests and connection errors do not count.
     *
     * @param within fraction of requests within the limit, 0 to 1; 0 without requests
     */
    public record LimitCheck(double boundMs, double within, boolean met) {}

    static LoadReport of(LoadPlan plan, Tally tally) {
        Histogram latency = tally.latency();
        Optional<LatencyMs> latencyMs =
                latency.getTotalCount() == 0 ? Optional.empty() : Optional.of(LatencyMs.of(latency));
        return new LoadReport(
                traffic(plan.arrivals().measured(), tally),
                latencyMs,
                tally.errors(),
                punctuality(tally.lateness(), latencyMs),
                plan.limits().p99().map(bound -> assessment(bound, tally)));
    }

    /** Whether requests succeeded and the latency limit, if any, was met. */
    public boolean succeeded() {
        return traffic.succeeded() > 0 && p99.map(LimitCheck::met).orElse(true);
    }

    private static LoadCounts traffic(Duration measured, Tally tally) {
        double seconds = measured.toNanos() / NANOS_PER_SECOND;
        long due = tally.dueCount();
        long succeeded = tally.latency().getTotalCount();
        return new LoadCounts(
                seconds,
                due / seconds,
                succeeded / Math.max(seconds, tally.lastResponse() / NANOS_PER_SECOND),
                due,
                succeeded,
                due - succeeded - tally.notStartedCount(),
                tally.notStartedCount());
    }

    private static Punctuality punctuality(Histogram lateness, Optional<LatencyMs> latency) {
        double late = quantile(lateness, 99);
        double noticed = Math.max(1, latency.map(LatencyMs::p99).orElse(0.0) / 10);
        return new Punctuality(late, lateness.getMaxValue() / MICROS_PER_MS, late > noticed);
    }

    private static LimitCheck assessment(Duration bound, Tally tally) {
        Histogram latency = tally.latency();
        long accepted = latency.getTotalCount() + tally.timedOutCount() + tally.notStartedCount();
        long within = latency.getCountBetweenValues(0, bound.toNanos() / 1000);
        double share = accepted == 0 ? 0 : (double) within / accepted;
        return new LimitCheck(bound.toNanos() / 1e6, share, share >= 0.99);
    }

    private static double quantile(Histogram micros, double percent) {
        return micros.getTotalCount() == 0 ? 0 : micros.getValueAtPercentile(percent) / MICROS_PER_MS;
    }
}
