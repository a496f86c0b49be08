package dev.fovea.cli.alerts;

import dev.fovea.alerts.Alert;
import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.server.AlertParts;
import dev.fovea.server.Application;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea alerts ack}. */
@Command(
        name = "ack",
        description = "Takes an alert up, in your name. A running server tells the receivers.",
        footer = {"", "Example:  fovea alerts ack 01KB6Z4T0GWN5J8Q2R7M3C9XYA --note \"camera 3 is being cleaned\""})
final class AckAlertCommand extends HomeCommand {

    @Parameters(paramLabel = "ID", description = "The alert.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String id;

    @Option(names = "--note", paramLabel = "TEXT", description = "What you found or do.")
    private String note = "";

    @Override
    public Integer call() {
        try (Application application = open()) {
            Alert alert = AlertParts.alerts(application).acknowledge(id, Application.user(), note.strip());
            terminal().say("Acknowledged: %s".formatted(alert.condition().title()));
            return 0;
        }
    }
}
