package dev.fovea.cli.jobs;

import dev.fovea.api.view.JobViews;
import dev.fovea.cli.terminal.HomeCommand;
import dev.fovea.cli.terminal.Terminal;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.queue.Job;
import dev.fovea.pipeline.queue.JobState;
import dev.fovea.server.Application;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea jobs watch}. */
@Command(
        name = "watch",
        description = {
            "Shows the progress of a job until it ends, in whichever process it runs.",
            "Exits 1 when the job fails or is cancelled."
        },
        footer = {"", "Example:  fovea jobs watch 01KB6Z4T0GWN5J8Q2R7M3C9XYA"})
final class WatchJobCommand extends HomeCommand {

    private static final long POLL_MILLIS = 500;

    @Parameters(paramLabel = "ID", description = "The job.")
    @SuppressWarnings("NullAway.Init") // picocli refuses the command without it
    private String id;

    @Option(names = "--json", description = "Print a line of JSON each time that the job changes.")
    private boolean json;

    @Override
    public Integer call() {
        Terminal terminal = terminal();
        try (Application application = open()) {
            Job job = application.jobs().job(id);
            JobViews.JobView shown = JobText.json(job, application.jobs().queue());
            show(terminal, job, shown);
            while (job.isOpen()) {
                pause();
                application.jobs().recover(); // its process may have ended
                Job now = application.jobs().job(id);
                JobViews.JobView next = JobText.json(now, application.jobs().queue());
                if (!next.equals(shown)) {
                    show(terminal, now, next);
                }
                job = now;
                shown = next;
            }
            if (!json) {
                end(terminal, job);
            }
            return job.state() instanceof JobState.Done ? 0 : 1;
        }
    }

    private void show(Terminal terminal, Job job, JobViews.JobView view) {
        if (json) {
            terminal.line(view);
        } else if (job.isOpen()) {
            String step = job.step().name().isEmpty()
                    ? job.state().word()
                    : job.step().name();
            String detail = view.queuePosition()
                    .map("position %d in the queue"::formatted)
                    .orElse(job.step().detail());
            terminal.progress(step, job.step().fraction(), Optional.empty(), detail);
        }
    }

    private static void end(Terminal terminal, Job job) {
        if (job.state() instanceof JobState.Done(var result)) {
            result.sentences().forEach(terminal::say);
            result.refused().ifPresent(terminal::say);
        }
        String detail = job.state() instanceof JobState.Done ? "" : JobText.detail(job, List.of());
        terminal.say("Job %s is %s%s".formatted(job.id(), job.state().word(), detail.isEmpty() ? "." : ": " + detail));
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FoveaException(ErrorCode.CANCELLED, "Watching was stopped; the job goes on.", e);
        }
    }
}
