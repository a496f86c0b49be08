package dev.fovea.cli.experiment;

import dev.fovea.api.view.ExperimentViews;
import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.rollout.experiment.Experiment;
import dev.fovea.rollout.experiment.ExperimentSums;
import dev.fovea.server.Application;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea experiment show}. */
@Command(
        name = "show",
        description = {
            "Shows the experiment of a model that is under way, else the last one.",
            "Means and differences of a fixed horizon are shown when it is reached."
        },
        footer = {"", "Example:  fovea experiment show shirts"})
final class ExperimentShowCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "The model.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Option(names = "--json", description = "Print as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        try (Application application = open()) {
            Experiment experiment = application.experiments().latest(name);
            ExperimentSums sums = application.experiments().sums(experiment);
            if (json) {
                terminal().json(ExperimentViews.of(experiment, sums));
                return 0;
            }
            terminal().say(ExperimentLines.of(experiment, sums));
            return 0;
        }
    }
}
