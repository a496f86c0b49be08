package dev.fovea.cli.objectives;

import dev.fovea.api.objectives.ServiceLevelViews;
import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.monitoring.objectives.ServiceLevelReport;
import dev.fovea.server.AccuracyParts;
import dev.fovea.server.Application;
import dev.fovea.server.ServiceLevelParts;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea objectives show}. */
@Command(
        name = "show",
        description = {
            "Shows whether a model's objectives are met in a month, the error budget left, and how fast it burns now.",
            "A running server adds its counts once a minute."
        },
        footer = {"", "Example:  fovea objectives show shirts --month 2026-11"})
final class ObjectivesShowCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Option(
            names = "--month",
            paramLabel = "YYYY-MM",
            description = "A calendar month in UTC (default: the current one).")
    private @Nullable String month;

    @Option(names = "--json", description = "Print as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open();
                AccuracyParts parts = AccuracyParts.of(application)) {
            ServiceLevelReport report =
                    ServiceLevelParts.levels(application, parts).report(name, month);
            if (json) {
                terminal.json(ServiceLevelViews.of(report));
            } else {
                ObjectivesText.of(report).forEach(terminal::say);
            }
            return 0;
        }
    }
}
