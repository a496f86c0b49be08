package dev.fovea.cli.alerts;

import dev.fovea.alerts.Alert;
import dev.fovea.alerts.Alerts;
import dev.fovea.api.alerts.AlertViews;
import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.cli.terminal.TextTable;
import dev.fovea.fault.FoveaException;
import dev.fovea.server.AlertParts;
import dev.fovea.server.Application;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code fovea alerts list}. */
@Command(
        name = "list",
        description = "Lists open alerts, the most urgent first.",
        footer = {"", "Example:  fovea alerts list", "          fovea alerts list --all --model shirts"})
final class ListAlertsCommand extends HomeCommand {

    @Option(names = "--all", description = "List resolved ones, too, newest first.")
    private boolean all;

    @Option(names = "--model", paramLabel = "MODEL", description = "List alerts about this model only.")
    private @Nullable String model;

    @Option(names = "--limit", paramLabel = "N", description = "Alerts to list (default: ${DEFAULT-VALUE}).")
    private int limit = 50;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open()) {
            Alerts alerts = AlertParts.alerts(application);
            List<Alert> found = (all ? alerts.recent(Math.max(1, limit)) : alerts.open())
                    .stream()
                            .filter(alert -> model == null
                                    || alert.condition()
                                            .model()
                                            .filter(model::equals)
                                            .isPresent())
                            .limit(Math.max(1, limit))
                            .toList();
            unwritten(application).ifPresent(terminal::note);
            if (json) {
                terminal.json(found.stream().map(AlertViews.AlertView::of).toList());
                return 0;
            }
            if (found.isEmpty()) {
                terminal.say(all ? "No alert is on record." : "No open alert is on record.");
                return 0;
            }
            TextTable table = new TextTable("ID", "SEVERITY", "STATE", "SINCE", "MODEL", "TITLE");
            found.forEach(alert -> table.row(
                    alert.id(),
                    alert.condition().severity().word(),
                    AlertText.state(alert),
                    AlertText.time(alert.condition().since()),
                    alert.condition().model().orElse("–"),
                    alert.condition().title()));
            terminal.say(table.toString());
            return 0;
        }
    }

    /** What the record cannot hold: alerts that a server raised since the home cannot be written. */
    private static Optional<String> unwritten(Application application) {
        try {
            application.home().requireWritable();
            return Optional.empty();
        } catch (FoveaException e) {
            return Optional.of(
                    "The home cannot be written: %s Alerts since then are not on record. A running server has them in memory, shows them at GET /v1/alerts and sends them."
                            .formatted(e.getMessage()));
        }
    }
}
