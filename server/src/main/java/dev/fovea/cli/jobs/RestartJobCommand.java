package dev.fovea.cli.jobs;

import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.pipeline.queue.JobOutcome;
import dev.fovea.pipeline.request.JobRequest;
import dev.fovea.server.Application;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code fovea jobs restart}. */
@Command(
        name = "restart",
        description = "Runs the request of a job again, in this process.",
        footer = {"", "Example:  fovea jobs restart 01KB6Z4T0GWN5J8Q2R7M3C9XYA"})
final class RestartJobCommand extends HomeCommand {

    @Parameters(paramLabel = "ID", description = "The job.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String id;

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open()) {
            JobRequest request = application.jobs().job(id).request();
            JobOutcome outcome = application
                    .jobs()
                    .run(
                            request,
                            terminal::progress,
                            progress -> application.work().perform(request, progress),
                            made -> made);
            outcome.result().sentences().forEach(terminal::say);
            outcome.result().refused().ifPresent(terminal::say);
            return outcome.result().refused().isEmpty() ? 0 : 1;
        }
    }
}
