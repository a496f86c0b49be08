package dev.fovea.load;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * What became of the requests that came due in the measured time.
 *
 * @param latencyMs of the answered ones, counted from when each was due; empty without answers
 * @param errors requests by the code of their error
 * @param generator how well the generator itself kept to the schedule
 * @param p99 whether a stated bound held; empty when none was stated
 */
public record LoadReport(
        Traffic traffic,
        Optional<LatencyMs> latencyMs,
        Map<String, Long> errors,
        Punctuality generator,
        Optional<Verdict> p99) {

    private static final double MICROS_PER_MS = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;

    /**
     * Counts and rates.
     *
     * @param seconds the measured time
     * @param offeredPerSecond requests that came due, per second of the measured time
     * @param answeredPerSecond answers per second until the measured time's end, or the last answer if that came later
     * @param due requests that came due: the sum of the three that follow
     * @param answered by the server with a success
     * @param failed sent, and refused or lost
     * @param notStarted not sent, because as many as may were under way
     */
    public record Traffic(
            double seconds,
            double offeredPerSecond,
            double answeredPerSecond,
            long due,
            long answered,
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
     * The generator's check on itself.
     *
     * @param lateP99Ms by how much the latest hundredth of the requests was sent after it was due, or more
     * @param limit whether that is more than a millisecond and more than a tenth of the latency's p99 (where there are
     *     answers): then the figures are the generator's as much as the server's
     */
    public record Punctuality(double lateP99Ms, double lateMaxMs, boolean limit) {}

    /**
     * Whether 99 of 100 requests were answered within the bound. Requests that were given up or not started count as
     * late; those that the server refused, or that found no connection, do not count.
     *
     * @param within the share of requests within the bound, 0 to 1; 0 without any
     */
    public record Verdict(double boundMs, double within, boolean held) {}

    static LoadReport of(LoadPlan plan, Tally tally) {
        Histogram latency = tally.latency();
        Optional<LatencyMs> latencyMs =
                latency.getTotalCount() == 0 ? Optional.empty() : Optional.of(LatencyMs.of(latency));
        return new LoadReport(
                traffic(plan.arrivals().measured(), tally),
                latencyMs,
                tally.errors(),
                punctuality(tally.lateness(), latencyMs),
                plan.limits().p99().map(bound -> verdict(bound, tally)));
    }

    /** Whether there were answers, and a stated bound held. */
    public boolean isGood() {
        return traffic.answered() > 0 && p99.map(Verdict::held).orElse(true);
    }

    private static Traffic traffic(Duration measured, Tally tally) {
        double seconds = measured.toNanos() / NANOS_PER_SECOND;
        long due = tally.dueCount();
        long answered = tally.latency().getTotalCount();
        return new Traffic(
                seconds,
                due / seconds,
                answered / Math.max(seconds, tally.lastAnswer() / NANOS_PER_SECOND),
                due,
                answered,
                due - answered - tally.notStartedCount(),
                tally.notStartedCount());
    }

    private static Punctuality punctuality(Histogram lateness, Optional<LatencyMs> latency) {
        double late = quantile(lateness, 99);
        double noticed = Math.max(1, latency.map(LatencyMs::p99).orElse(0.0) / 10);
        return new Punctuality(late, lateness.getMaxValue() / MICROS_PER_MS, late > noticed);
    }

    private static Verdict verdict(Duration bound, Tally tally) {
        Histogram latency = tally.latency();
        long accepted = latency.getTotalCount() + tally.timedOutCount() + tally.notStartedCount();
        long within = latency.getCountBetweenValues(0, bound.toNanos() / 1000);
        double share = accepted == 0 ? 0 : (double) within / accepted;
        return new Verdict(bound.toNanos() / 1e6, share, share >= 0.99);
    }

    private static double quantile(Histogram micros, double percent) {
        return micros.getTotalCount() == 0 ? 0 : micros.getValueAtPercentile(percent) / MICROS_PER_MS;
    }
}
