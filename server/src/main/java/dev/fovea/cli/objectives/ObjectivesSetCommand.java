package dev.fovea.cli.objectives;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import dev.fovea.json.DurationText;
import dev.fovea.monitoring.objectives.Indicator;
import dev.fovea.monitoring.objectives.Objective;
import dev.fovea.monitoring.objectives.ServiceLevels;
import dev.fovea.monitoring.objectives.ServiceObjectives;
import dev.fovea.server.AccuracyParts;
import dev.fovea.server.Application;
import dev.fovea.server.ServiceLevelParts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea objectives set}. */
@Command(
        name = "set",
        description = {
            "States objectives of a model, over a calendar month in UTC. Those that are not named stay as they are.",
            "Take one back with fovea objectives clear."
        },
        footer = {
            "",
            "Example:  fovea objectives set shirts --availability 99.9 --p95 50ms --p99 120ms",
            "          fovea objectives set shirts --accuracy 95 --precision crack=90 --recall crack=95",
            "          fovea objectives set shirts --cost 0.20 --cpu-hour-price 0.04"
        })
final class ObjectivesSetCommand extends HomeCommand {

    private static final double MILLION = 1e6;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Option(
            names = "--availability",
            paramLabel = "PERCENT",
            description = "Least share of requests that do not fail for the service's fault.")
    private @Nullable Double availability;

    @Option(
            names = "--error-rate",
            paramLabel = "PERCENT",
            description = "Most requests that end with any error, those with a bad image among them.")
    private @Nullable Double errorRate;

    @Option(names = "--p95", paramLabel = "TIME", description = "What 95 %% of the answers may take, as 50ms.")
    private @Nullable String p95;

    @Option(names = "--p99", paramLabel = "TIME", description = "What 99 %% of the answers may take, as 120ms.")
    private @Nullable String p99;

    @Option(names = "--accuracy", paramLabel = "PERCENT", description = "Least share of right predictions.")
    private @Nullable Double accuracy;

    @Option(
            names = "--precision",
            paramLabel = "CLASS=PERCENT",
            description = "Least share of right predictions of a class. Repeatable.")
    private Map<String, Double> precision = new LinkedHashMap<>();

    @Option(
            names = "--recall",
            paramLabel = "CLASS=PERCENT",
            description = "Least share of a class's images that are found. Repeatable.")
    private Map<String, Double> recall = new LinkedHashMap<>();

    @Option(names = "--cost", paramLabel = "AMOUNT", description = "Most that 1,000 answers may cost.")
    private @Nullable Double cost;

    @Option(
            names = "--cpu-hour-price",
            paramLabel = "AMOUNT",
            description =
                    "Price of one processor for an hour, in the currency of the cost. A cost has no verdict without it; 0 where processors cost nothing.")
    private @Nullable Double cpuHourPrice;

    @Override
    public Integer call() {
        List<Objective> stated = stated();
        if (stated.isEmpty() && cpuHourPrice == null) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "No objective is given. Give one, such as --availability 99.9 or --p95 50ms.");
        }
        try (Application application = open();
                AccuracyParts parts = AccuracyParts.of(application)) {
            ServiceLevels levels = ServiceLevelParts.levels(application, parts);
            ServiceObjectives objectives = levels.objectives(name).with(stated, Optional.ofNullable(cpuHourPrice));
            levels.change(name, objectives);
            ObjectivesText.of(name, objectives).forEach(terminal()::say);
            return 0;
        }
    }

    private List<Objective> stated() {
        List<Objective> stated = new ArrayList<>();
        add(stated, Indicator.AVAILABILITY, availability);
        add(stated, Indicator.ERROR_RATE, errorRate);
        add(stated, Indicator.P95, millis("--p95", p95));
        add(stated, Indicator.P99, millis("--p99", p99));
        add(stated, Indicator.ACCURACY, accuracy);
        precision.forEach(
                (label, target) -> stated.add(new Objective(Indicator.PRECISION, Optional.of(label), target)));
        recall.forEach((label, target) -> stated.add(new Objective(Indicator.RECALL, Optional.of(label), target)));
        add(stated, Indicator.COST, cost);
        return stated;
    }

    private static void add(List<Objective> stated, Indicator indicator, @Nullable Double target) {
        if (target != null) {
            stated.add(new Objective(indicator, Optional.empty(), target));
        }
    }

    private static @Nullable Double millis(String option, @Nullable String text) {
        return text == null
                ? null
                : (double) DurationText.parse(text)
                                .orElseThrow(() -> new FoveaException(
                                        ErrorCode.ARGUMENT_INVALID,
                                        "\"%s\" is \"%s\"; write a time such as 50ms or 2s."
                                                .formatted(option, Printable.brief(text))))
                                .toNanos()
                        / MILLION;
    }
}
