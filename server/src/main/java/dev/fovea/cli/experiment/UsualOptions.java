package dev.fovea.cli.experiment;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.rollout.evidence.Moments;
import dev.fovea.rollout.experiment.ExperimentMetric;
import dev.fovea.rollout.experiment.ExperimentPlan.UsualValue;
import dev.fovea.server.Application;
import dev.fovea.storage.traffic.StoredPredictions;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is known before an experiment of the figure and of the traffic; what is not stated is measured. */
final class UsualOptions {

    /** Units with a value below which a figure is not estimated. */
    private static final long LEAST_VALUED = 20;

    @Option(
            names = "--rate",
            paramLabel = "RATE",
            description = "Share of units with the figure in production: 0.04 is 4 %% (default: measured).")
    private @Nullable Double rate;

    @Option(names = "--mean", paramLabel = "M", description = "With --number: mean per unit (default: measured).")
    private @Nullable Double mean;

    @Option(
            names = "--deviation",
            paramLabel = "S",
            description = "With --number: standard deviation from unit to unit (default: measured).")
    private @Nullable Double deviation;

    @Option(
            names = "--per-day",
            paramLabel = "N",
            description = "Units per day: request keys, and requests without one (default: measured).")
    private @Nullable Double perDay;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "7",
            description = "How many days back is measured (default: ${DEFAULT-VALUE}).")
    private int days;

    @Option(
            names = "--power",
            paramLabel = "P",
            defaultValue = "0.8",
            description = "How often the smallest effect of interest shall be shown (default: ${DEFAULT-VALUE}).")
    private double power;

    double power() {
        return power;
    }

    /** Units per day. */
    double perDay(Application application, String model) {
        if (perDay != null) {
            if (!(perDay > 0)) {
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID, "--per-day is %s; give a number above 0.".formatted(perDay));
            }
            return perDay;
        }
        return (double) units(application, model) / days;
    }

    /** The figure per unit: stated, or from the figures and the traffic of the last days. */
    UsualValue usual(Application application, String model, ExperimentMetric metric) {
        if (metric.kind() == ExperimentMetric.FigureKind.CONVERSION && rate != null) {
            return UsualValue.rate(rate);
        }
        if (metric.kind() == ExperimentMetric.FigureKind.NUMBER && mean != null && deviation != null) {
            return UsualValue.number(mean, deviation);
        }
        Moments valued = application.home().production().experiments().usual(model, metric, from());
        double units = units(application, model);
        if (valued.count() < LEAST_VALUED || units < valued.count()) {
            throw new FoveaException(
                    ErrorCode.STATE_CONFLICT,
                    "The figure %s of %s has %,d units with a value among %,.0f in %d days; it takes %d to measure it. State it: %s."
                            .formatted(
                                    metric.figure(),
                                    model,
                                    valued.count(),
                                    units,
                                    days,
                                    LEAST_VALUED,
                                    metric.kind() == ExperimentMetric.FigureKind.CONVERSION
                                            ? "--rate 0.04"
                                            : "--mean 3 --deviation 8"));
        }
        double average = valued.sum() / units;
        return metric.kind() == ExperimentMetric.FigureKind.CONVERSION
                ? UsualValue.rate(average)
                : UsualValue.number(average, Math.sqrt(valued.squares() / units - average * average));
    }

    private long units(Application application, String model) {
        try (StoredPredictions predictions =
                application.home().production().traffic().predictions()) {
            return predictions.units(model, from(), Instant.now());
        }
    }

    private Instant from() {
        if (days < 1 || days > 365) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "--days is %d; it must be from 1 to 365.".formatted(days));
        }
        return Instant.now().minus(Duration.ofDays(days));
    }
}
