package dev.fovea.cli.rollout;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.rollout.StagedRollout;
import dev.fovea.server.Application;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code fovea rollout pause}. */
@Command(
        name = "pause",
        description = {"Keeps the candidate's share as it is. A guard that is crossed still rolls back."},
        footer = {"", "Example:  fovea rollout pause shirts"})
final class RolloutPauseCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "The model.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Override
    public Integer call() {
        try (Application application = open()) {
            StagedRollout rollout = application.rollouts().pause(name, Application.user());
            terminal().say(RolloutLines.headline(rollout));
            return 0;
        }
    }
}
