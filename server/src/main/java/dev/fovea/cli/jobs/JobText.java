package dev.fovea.cli.jobs;

import dev.fovea.api.view.JobViews;
import dev.fovea.fault.ErrorCode;
import dev.fovea.pipeline.queue.Job;
import dev.fovea.pipeline.queue.JobState;
import java.util.List;
import java.util.Locale;

/** A job for people and as JSON. */
final class JobText {

    private JobText() {}

    /** The same as the API shows, with whole paths. */
    static JobViews.JobView json(Job job) {
        return JobViews.JobView.of(job, job.request());
    }

    /** Where it is, or how it ended, in one line. */
    static String detail(Job job) {
        return switch (job.state()) {
            case JobState.Queued() -> "";
            case JobState.Running(var _, var _, boolean cancelling) -> cancelling ? "ends at its next step" : step(job);
            case JobState.Done(var result) -> result.refused().orElseGet(() -> headline(result.sentences()));
            case JobState.Failed(ErrorCode code, String message) ->
                code + ": " + message.lines().findFirst().orElse("");
            case JobState.Cancelled() -> "";
            case JobState.Interrupted() -> "restart it: fovea jobs restart " + job.id();
        };
    }

    private static String headline(List<String> sentences) {
        return sentences.isEmpty() ? "" : sentences.getFirst();
    }

    private static String step(Job job) {
        return job.step().name().isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%s %.0f %% (%s)",
                        job.step().name(),
                        100 * job.step().fraction(),
                        job.step().detail());
    }
}
