package dev.fovea.cli.rollout;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.rollout.StagedRollout;
import dev.fovea.server.Application;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code fovea rollout resume}. */
@Command(
        name = "resume",
        description = {"Goes on with a rollout after a pause."},
        footer = {"", "Example:  fovea rollout resume shirts"})
final class RolloutResumeCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "The model.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Override
    public Integer call() {
        try (Application application = open()) {
            StagedRollout rollout = application.rollouts().resume(name);
            terminal().say(RolloutLines.headline(rollout));
            return 0;
        }
    }
}
