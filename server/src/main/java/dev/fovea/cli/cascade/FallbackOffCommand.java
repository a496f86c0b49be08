package dev.fovea.cli.cascade;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.ReasonOption;
import dev.fovea.server.Application;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fovea fallback off}. */
@Command(
        name = "off",
        description = "Removes the fallback of a model.",
        footer = {"", "Example:  fovea fallback off shirts"})
final class FallbackOffCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Mixin
    private final ReasonOption reason = new ReasonOption();

    @Override
    public Integer call() {
        try (Application application = open()) {
            application.registry().assistance().endFallback(name, Application.user(), reason.text());
            terminal().say("%s has no fallback any more.".formatted(name));
            return 0;
        }
    }
}
