package dev.fovea.cli.jobs;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.pipeline.queue.Job;
import dev.fovea.server.Application;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code fovea jobs cancel}. */
@Command(
        name = "cancel",
        description = "Cancels a queued job, or ends a running one at its next step, in whichever process it runs.",
        footer = {"", "Example:  fovea jobs cancel 01KB6Z4T0GWN5J8Q2R7M3C9XYA"})
final class CancelJobCommand extends HomeCommand {

    @Parameters(paramLabel = "ID", description = "The job.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String id;

    @Override
    public Integer call() {
        try (Application application = open()) {
            Job job = application.jobs().cancel(id);
            terminal()
                    .say(
                            job.isOpen()
                                    ? "Job %s ends at its next step.".formatted(id)
                                    : "Job %s was cancelled.".formatted(id));
            return 0;
        }
    }
}
