package dev.fovea.cli.jobs;

import dev.fovea.api.training.RunViews;
import dev.fovea.api.view.JobViews;
import dev.fovea.cli.runs.RunText;
import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.pipeline.queue.Job;
import dev.fovea.pipeline.queue.JobJson;
import dev.fovea.pipeline.run.RunRecord;
import dev.fovea.pipeline.run.RunStore;
import dev.fovea.pipeline.run.TrainingRuns;
import dev.fovea.server.Application;
import dev.fovea.server.TrainingParts;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code fovea jobs show}. */
@Command(
        name = "show",
        description = {
            "Shows a job: its state, its result, and of a training the run.",
            "The run has the settings, the metrics, the learning curve in short, the versions and the machine. It outlives the job: fovea runs lists them."
        },
        footer = {"", "Example:  fovea jobs show 01KB6Z4T0GWN5J8Q2R7M3C9XYA"})
final class ShowJobCommand extends HomeCommand {

    private static final int MOST_RUNS = 100;

    @Parameters(paramLabel = "ID", description = "The job.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String id;

    @Option(names = "--json", description = "Print the result as JSON, with whole curves and the job's report.")
    private boolean json;

    /**
     * A job and its runs, for {@code --json}.
     *
     * @param report what it found out, of kinds of jobs that have one
     */
    record JobWithRuns(JobViews.JobView job, Optional<JsonNode> report, List<RunViews.RunDetails> runs) {}

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open()) {
            Job job = application.jobs().job(id);
            List<String> queue = application.jobs().queue();
            TrainingRuns known = TrainingParts.runs(application);
            List<RunRecord> runs = known.newest(RunStore.RunFilter.ofJob(id), MOST_RUNS).stream()
                    .map(run -> known.run(run.id()))
                    .toList();
            if (json) {
                terminal.json(new JobWithRuns(
                        JobText.json(job, queue),
                        application.jobs().report(id).map(JobJson::tree),
                        runs.stream()
                                .map(run -> RunViews.RunDetails.of(run, UnaryOperator.identity()))
                                .toList()));
                return 0;
            }
            terminal.say(JobText.whole(job, queue));
            runs.reversed().forEach(run -> terminal.say("\n" + RunText.of(run)));
            return 0;
        }
    }
}
