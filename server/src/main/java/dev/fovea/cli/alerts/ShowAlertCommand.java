package dev.fovea.cli.alerts;

import dev.fovea.alerts.Alert;
import dev.fovea.alerts.Alerts;
import dev.fovea.alerts.Delivery;
import dev.fovea.api.alerts.AlertViews;
import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.cli.terminal.TextTable;
import dev.fovea.server.AlertParts;
import dev.fovea.server.Application;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea alerts show}. */
@Command(
        name = "show",
        description = "Shows an alert with its history and every try to tell of it.",
        footer = {"", "Example:  fovea alerts show 01KB6Z4T0GWN5J8Q2R7M3C9XYA"})
final class ShowAlertCommand extends HomeCommand {

    @Parameters(paramLabel = "ID", description = "The alert.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String id;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open()) {
            Alerts.AlertFile file = AlertParts.alerts(application).file(id);
            if (json) {
                terminal.json(AlertViews.AlertRecordView.of(file));
                return 0;
            }
            Alert alert = file.record().alert();
            terminal.say("%s  %s  %s"
                    .formatted(
                            alert.condition().severity().name(),
                            AlertText.state(alert),
                            alert.condition().title()));
            terminal.say(alert.condition().detail());
            terminal.say("");
            file.history()
                    .forEach(entry -> terminal.say("%s  %s%s  %s"
                            .formatted(
                                    AlertText.time(entry.at()),
                                    entry.event().word(),
                                    entry.by().isEmpty() ? "" : " by " + entry.by(),
                                    entry.detail())));
            if (!file.record().deliveries().isEmpty()) {
                terminal.say("");
                terminal.say(deliveries(file));
            }
            return 0;
        }
    }

    private static String deliveries(Alerts.AlertFile file) {
        TextTable table = new TextTable("ROUTE", "EVENT", "STATE", "TRIES", "WHEN", "");
        for (Delivery delivery : file.record().deliveries()) {
            table.row(
                    delivery.route(),
                    delivery.event().word(),
                    delivery.state().word(),
                    file.attempts().stream()
                            .filter(attempt -> attempt.delivery().equals(delivery.id()))
                            .count(),
                    AlertText.time(delivery.next()),
                    delivery.detail());
        }
        return table.toString();
    }
}
