package dev.fovea.api.objectives;

import dev.fovea.monitoring.objectives.ObjectiveStatus;
import dev.fovea.monitoring.objectives.ServiceLevelReport;
import dev.fovea.monitoring.objectives.history.LatencyHistogram;
import dev.fovea.monitoring.objectives.history.ServiceCounts;
import dev.fovea.statistics.Interval;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the API shows of a month's service level. */
public final class ServiceLevelViews {

    private static final double MICROS = 1e6;
    private static final double NANOS = 1e9;

    private ServiceLevelViews() {}

    /**
     * What a model promised and kept in a month.
     *
     * @param verdict the answer in words
     * @param month in UTC
     * @param until the time of the report, or the end of the month
     * @param days those with requests
     */
    @Schema(name = "ServiceLevel")
    public record ServiceLevelView(
            String model,
            String verdict,
            String month,
            String until,
            ServiceCountsView counts,
            ServiceCostView cost,
            List<ObjectiveStatusView> objectives,
            List<ServiceDayView> days) {}

    /**
     * Requests.
     *
     * @param answers with a response, of a fallback too
     * @param failures for which the model, the server or a lack of capacity is to blame
     * @param rejected with an error for which the caller or the image is to blame
     * @param fallbacks answers of a fallback
     * @param p50Ms half of the answers took no longer; absent without answers
     */
    @Schema(name = "ServiceCounts")
    public record ServiceCountsView(
            long answers,
            long failures,
            long rejected,
            long fallbacks,
            Optional<Double> p50Ms,
            Optional<Double> p95Ms,
            Optional<Double> p99Ms) {}

    /**
     * What the answers cost.
     *
     * @param cpuSeconds of the server's process, shared among its models by their busy time
     * @param perThousand cost of 1,000 answers with the stated price; absent without answers
     */
    @Schema(name = "ServiceCost")
    public record ServiceCostView(
            double cpuSeconds, long remoteCalls, double remoteCost, Optional<Double> perThousand) {}

    /** A day in UTC. */
    @Schema(name = "ServiceDay")
    public record ServiceDayView(String date, ServiceCountsView counts) {}

    /**
     * How an objective did.
     *
     * @param verdict {@code met}, {@code missed} or {@code not-enough-data}
     * @param statement that in words, with its figures
     * @param budgetLeft the part of the error budget that is left; below 0 when more is used
     * @param burns how fast the budget burns now; 1 uses it up exactly
     */
    @Schema(name = "ObjectiveStatus")
    public record ObjectiveStatusView(
            ObjectiveViews.ObjectiveView objective,
            String verdict,
            String statement,
            Optional<ObjectiveValueView> value,
            Optional<Double> budgetLeft,
            List<BurnView> burns,
            List<ObjectiveDayView> days) {}

    /**
     * A value in the objective's unit.
     *
     * @param low lower end of the 95 % interval; absent for what is counted
     * @param source {@code counted}, {@code known} or {@code estimated}
     */
    @Schema(name = "ObjectiveValue")
    public record ObjectiveValueView(double value, Optional<Double> low, Optional<Double> high, String source) {}

    /** A burn rate over the time until now. */
    @Schema(name = "Burn")
    public record BurnView(String window, double rate) {}

    /** A day's value, and whether the day alone meets the objective. */
    @Schema(name = "ObjectiveDay")
    public record ObjectiveDayView(String date, double value, boolean met) {}

    public static ServiceLevelView of(ServiceLevelReport report) {
        return new ServiceLevelView(
                report.model(),
                report.verdict(),
                report.month().toString(),
                report.until().toString(),
                counts(report.counts()),
                new ServiceCostView(
                        (double) report.counts().use().cpuNanos() / NANOS,
                        report.counts().use().remoteCalls(),
                        (double) report.counts().use().remoteMicros() / MICROS,
                        report.costPerThousand()),
                report.objectives().stream().map(ServiceLevelViews::status).toList(),
                report.days().stream()
                        .map(day -> new ServiceDayView(day.date().toString(), counts(day.counts())))
                        .toList());
    }

    private static ServiceCountsView counts(ServiceCounts counts) {
        LatencyHistogram latencies = counts.latencies();
        return new ServiceCountsView(
                counts.answers(),
                Math.max(0, counts.failures()),
                counts.rejected(),
                counts.fallbacks(),
                millis(latencies, 0.5),
                millis(latencies, 0.95),
                millis(latencies, 0.99));
    }

    private static Optional<Double> millis(LatencyHistogram latencies, double share) {
        return latencies.quantile(share).map(time -> (double) time.toNanos() / MICROS);
    }

    private static ObjectiveStatusView status(ObjectiveStatus status) {
        return new ObjectiveStatusView(
                ObjectiveViews.of(status.objective()),
                status.verdict().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                status.statement(),
                status.value()
                        .map(value -> new ObjectiveValueView(
                                value.value(),
                                value.interval().map(Interval::low),
                                value.interval().map(Interval::high),
                                value.source().name().toLowerCase(Locale.ROOT))),
                status.budgetLeft(),
                status.burns().stream()
                        .map(burn -> new BurnView(burn.window(), burn.rate()))
                        .toList(),
                status.days().stream()
                        .map(day -> new ObjectiveDayView(day.date().toString(), day.value(), day.met()))
                        .toList());
    }
}
