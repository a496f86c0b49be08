package dev.fovea.cli.release;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.ReasonOption;
import dev.fovea.server.Application;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fovea canary}. */
@Command(
        name = "canary",
        description = {
            "Sends a share of a model's traffic to a version; 0 ends it.",
            "The version is validated on its golden images first. A running server follows within a second."
        },
        footer = {"", "Example:  fovea canary shirts 2 5"})
public final class CanaryCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "The model.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Parameters(index = "1", paramLabel = "VERSION", description = "The version on trial.")
    private int version;

    @Parameters(index = "2", paramLabel = "PERCENT", description = "Its share of the traffic, 0 to 100.")
    private double percent;

    @Mixin
    private final ReasonOption reason = new ReasonOption();

    @Override
    public Integer call() {
        try (Application application = open()) {
            application.releases().canary(name, version, percent, Application.user(), reason.text());
            terminal()
                    .say(
                            percent == 0
                                    ? "%s: the canary has ended.".formatted(name)
                                    : "%s: version %d gets %s %% of the traffic.".formatted(name, version, percent));
            return 0;
        }
    }
}
