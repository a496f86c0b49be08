package dev.fovea.cli.cascade;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.ReasonOption;
import dev.fovea.server.Application;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fovea cascade off}. */
@Command(
        name = "off",
        description = "Removes the cascade of a model.",
        footer = {"", "Example:  fovea cascade off shirts"})
final class CascadeOffCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Mixin
    private final ReasonOption reason = new ReasonOption();

    @Override
    public Integer call() {
        try (Application application = open()) {
            application.registry().assistance().endCascade(name, Application.user(), reason.text());
            terminal().say("%s: it answers alone.".formatted(name));
            return 0;
        }
    }
}
