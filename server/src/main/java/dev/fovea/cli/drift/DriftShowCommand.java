package dev.fovea.cli.drift;

import dev.fovea.api.view.DriftViews;
import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.monitoring.drift.Drift;
import dev.fovea.monitoring.drift.DriftReport;
import dev.fovea.monitoring.drift.detector.BlockBuilder;
import dev.fovea.server.Application;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea drift show}. */
@Command(
        name = "show",
        description = {"Shows whether the traffic of each version has changed, since when, and what would be seen."},
        footer = {"", "Example:  fovea drift show shirts"})
final class DriftShowCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "The model.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Option(names = "--json", description = "Print as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open()) {
            Drift drift = application.drift();
            List<DriftReport> reports = drift.reports(name);
            if (json) {
                terminal.json(DriftViews.of(drift.settings(name), reports));
            } else if (reports.isEmpty()) {
                terminal.say(
                        "%s: nothing is known yet. A running server looks at traffic in blocks of at least %d images and %d minutes, and none is full."
                                .formatted(name, BlockBuilder.MIN_IMAGES, BlockBuilder.MIN_MINUTES));
            } else {
                reports.forEach(report -> DriftText.of(report).forEach(terminal::say));
            }
            return 0;
        }
    }
}
