package dev.fovea.cli.experiment;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.ReasonOption;
import dev.fovea.rollout.experiment.Experiment;
import dev.fovea.server.Application;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fovea experiment stop}. */
@Command(
        name = "stop",
        description = {"Ends an experiment; production has all traffic again."},
        footer = {"", "Example:  fovea experiment stop shirts"})
final class ExperimentStopCommand extends HomeCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "The model.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Mixin
    private final ReasonOption reason = new ReasonOption();

    @Override
    public Integer call() {
        try (Application application = open()) {
            Experiment experiment = application.experiments().stop(name, Application.user(), reason.text());
            terminal()
                    .say(ExperimentLines.of(
                            experiment, application.experiments().sums(experiment)));
            return 0;
        }
    }
}
