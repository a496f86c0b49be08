package dev.fovea.cli.release;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.NamedVersion;
import dev.fovea.cli.terminal.ReasonOption;
import dev.fovea.server.Application;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fovea restore}. */
@Command(
        name = "restore",
        description = {
            "Restores an archived version. It is listed, and can be requested and promoted again.",
            "Its aliases and its place in the production history are not restored."
        },
        footer = {"", "Example:  fovea restore shirts@2"})
public final class RestoreCommand extends HomeCommand {

    @Parameters(paramLabel = "MODEL@VERSION", description = "The version.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String model;

    @Mixin
    private final ReasonOption reason = new ReasonOption();

    @Override
    public Integer call() {
        NamedVersion named = NamedVersion.parse(model);
        int number = named.required("restore");
        try (Application application = open()) {
            boolean unchanged = application
                    .releases()
                    .restore(named.name(), number, Application.user(), reason.text())
                    .unchanged();
            terminal()
                    .say(
                            unchanged
                                    ? "%s is not archived; nothing changed.".formatted(model)
                                    : "Restored %s. To promote it: fovea promote %s %d"
                                            .formatted(model, named.name(), number));
            return 0;
        }
    }
}
