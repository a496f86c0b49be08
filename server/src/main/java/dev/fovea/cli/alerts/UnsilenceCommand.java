package dev.fovea.cli.alerts;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.server.AlertParts;
import dev.fovea.server.Application;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code fovea alerts unsilence}. */
@Command(
        name = "unsilence",
        description = "Ends a silence now; alerts that it held back and that still hold are told.",
        footer = {"", "Example:  fovea alerts unsilence 01KB6Z4T0GWN5J8Q2R7M3C9XYA"})
final class UnsilenceCommand extends HomeCommand {

    @Parameters(paramLabel = "ID", description = "The silence.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String id;

    @Override
    public Integer call() {
        try (Application application = open()) {
            AlertParts.silences(application).end(id);
            terminal().say("The silence has ended.");
            return 0;
        }
    }
}
