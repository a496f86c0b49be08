package dev.fovea.cli.rollout;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.ReasonOption;
import dev.fovea.rollout.StagedRollout;
import dev.fovea.server.Application;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fovea rollout stop}. */
@Command(
        name = "stop",
        description = {"Ends a rollout; production has all traffic again."},
        footer = {"", "Example:  fovea rollout stop shirts"})
final class RolloutStopCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "The model.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Mixin
    private final ReasonOption reason = new ReasonOption();

    @Override
    public Integer call() {
        try (Application application = open()) {
            StagedRollout rollout = application.rollouts().stop(name, Application.user(), reason.text());
            terminal().say(RolloutLines.headline(rollout));
            return 0;
        }
    }
}
