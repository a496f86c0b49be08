package dev.fovea.cli.runs;

import dev.fovea.api.training.RunViews;
import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.cli.terminal.TextTable;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.run.RunRecord;
import dev.fovea.pipeline.run.RunStore;
import dev.fovea.server.Application;
import dev.fovea.server.TrainingParts;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The newest runs as a table or as JSON. */
abstract class RunListing extends HomeCommand {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());
    private static final int MAX_LISTED = 500;
    private static final String UNKNOWN = "–";

    @Option(names = "--model", paramLabel = "NAME", description = "Runs of this model only.")
    private @Nullable String model;

    @Option(names = "--limit", paramLabel = "N", description = "Runs to list, 1 to 500 (default: ${DEFAULT-VALUE}).")
    private int limit = 20;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        if (limit < 1 || limit > MAX_LISTED) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "--limit is %d; it must be from 1 to %d.".formatted(limit, MAX_LISTED));
        }
        Terminal terminal = terminal();
        try (Application application = open()) {
            List<RunRecord> runs = TrainingParts.runs(application)
                    .newest(new RunStore.RunFilter(Optional.ofNullable(model), Optional.empty()), limit);
            if (json) {
                terminal.json(new RunViews.RunList(runs.stream()
                        .map(run -> RunViews.RunView.of(run, UnaryOperator.identity()))
                        .toList()));
                return 0;
            }
            if (runs.isEmpty()) {
                terminal.say("There are no runs%s in %s.".formatted(model == null ? "" : " of " + model, home.path()));
                return 0;
            }
            terminal.say(table(runs));
            return 0;
        }
    }

    private static String table(List<RunRecord> runs) {
        TextTable table =
                new TextTable("ID", "MODEL", "VERSION", "WORK", "STATE", "STARTED", "SECONDS", "ACCURACY", "MACRO-F1");
        runs.forEach(run -> table.row(
                run.id(),
                run.subject().model(),
                run.subject().version().map(Object::toString).orElse(UNKNOWN),
                run.subject().work(),
                run.status().state().word(),
                TIME.format(run.status().started()),
                run.status()
                        .ended()
                        .map(end -> String.format(
                                Locale.ROOT,
                                "%.1f",
                                Duration.between(run.status().started(), end).toMillis() / 1e3))
                        .orElse(UNKNOWN),
                metric(run, "accuracy"),
                metric(run, "macro_f1")));
        return table.toString();
    }

    private static String metric(RunRecord run, String name) {
        return Optional.ofNullable(run.metrics().get(name)).map(RunText::number).orElse(UNKNOWN);
    }
}
