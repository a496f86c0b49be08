package dev.fovea.cli.experiment;

import dev.fovea.rollout.experiment.ExperimentPlan;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is known before an experiment of the figure and of the traffic; what is not stated is measured. */
final class UsualOptions {

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

    ExperimentPlan.KnownUsual known() {
        return new ExperimentPlan.KnownUsual(
                Optional.ofNullable(rate),
                Optional.ofNullable(mean),
                Optional.ofNullable(deviation),
                Optional.ofNullable(perDay),
                days,
                power);
    }
}
