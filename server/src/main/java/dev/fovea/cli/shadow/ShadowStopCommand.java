package dev.fovea.cli.shadow;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.server.Application;
import dev.fovea.serving.shadow.Shadows;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code fovea shadow stop}. */
@Command(
        name = "stop",
        description = {"Ends the shadow of a model and removes its results. Kept images stay in their data set."},
        footer = {"", "Example:  fovea shadow stop shirts"})
final class ShadowStopCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "The model.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Override
    public Integer call() {
        try (Application application = open()) {
            Shadows.ShadowStatus last = application.shadows().stop(name);
            terminal().say(ShadowText.verdict(last));
            terminal().say("%s: the shadow has ended.".formatted(name));
            return 0;
        }
    }
}
