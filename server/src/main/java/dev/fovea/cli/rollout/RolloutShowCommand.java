package dev.fovea.cli.rollout;

import dev.fovea.api.view.RolloutViews;
import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.rollout.StagedRollout;
import dev.fovea.server.Application;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea rollout show}. */
@Command(
        name = "show",
        description = {
            "Shows the rollout of a model that is under way, else the last one, with what its guards show.",
            "ROLLBACK and NEXT STEP are shares of the evidence that it takes: a guard at 100 % under ROLLBACK rolls back,",
            "all guards at 100 % under NEXT STEP take it. How often that is wrong is stated below the table."
        },
        footer = {"", "Example:  fovea rollout show shirts"})
final class RolloutShowCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "The model.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Option(names = "--json", description = "Print as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        try (Application application = open()) {
            StagedRollout rollout = application.rollouts().latest(name);
            if (json) {
                terminal().json(RolloutViews.of(rollout));
                return 0;
            }
            terminal().say(RolloutLines.headline(rollout));
            terminal().say(RolloutLines.guards(rollout));
            terminal().say(RolloutLines.legend(rollout));
            return 0;
        }
    }
}
