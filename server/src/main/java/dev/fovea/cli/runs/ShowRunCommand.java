package dev.fovea.cli.runs;

import dev.fovea.api.training.RunViews;
import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.pipeline.run.RunRecord;
import dev.fovea.server.Application;
import dev.fovea.server.TrainingParts;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea runs show}. */
@Command(
        name = "show",
        description = "Shows a run: settings, metrics, curves in short, versions and the machine.",
        footer = {"", "Example:  fovea runs show shirts:2"})
final class ShowRunCommand extends HomeCommand {

    @Parameters(paramLabel = "RUN", description = "The id of a run, or MODEL:VERSION for the run that registered it.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String name;

    @Option(names = "--json", description = "Print the result as JSON, with whole curves.")
    private boolean json;

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open()) {
            RunRecord run = NamedRun.of(TrainingParts.runs(application), name);
            if (json) {
                terminal.json(RunViews.RunDetails.of(run, UnaryOperator.identity()));
            } else {
                terminal.say(RunText.of(run));
            }
            return 0;
        }
    }
}
