package dev.fovea.cli.jobs;

import dev.fovea.api.view.JobViews;
import dev.fovea.fault.ErrorCode;
import dev.fovea.pipeline.queue.Job;
import dev.fovea.pipeline.queue.JobState;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A job for people and as JSON. */
final class JobText {

    private JobText() {}

    /** The same as the API shows, with whole paths. */
    static JobViews.JobView json(Job job, List<String> queue) {
        return JobViews.JobView.of(job, job.request(), queue);
    }

    /** All that is known, a line each. */
    static String whole(Job job, List<String> queue) {
        String detail = detail(job, queue);
        String head = "Job %s: %s %s is %s%s"
                .formatted(
                        job.id(),
                        job.request().work(),
                        job.request().subject(),
                        job.state().word(),
                        detail.isEmpty() ? "." : ": " + detail);
        return job.state() instanceof JobState.Done(var result)
                ? Stream.concat(Stream.of(head), result.sentences().stream().skip(1))
                        .collect(Collectors.joining("\n"))
                : head;
    }

    /** Where it is, or how it ended, in one line. */
    static String detail(Job job, List<String> queue) {
        return switch (job.state()) {
            case JobState.Queued() -> waiting(queue.indexOf(job.id()));
            case JobState.Running(var _, var _, boolean cancelling) -> cancelling ? "ends at its next step" : step(job);
            case JobState.Done(var result) -> result.refused().orElseGet(() -> headline(result.sentences()));
            case JobState.Failed(ErrorCode code, String message) ->
                code + ": " + message.lines().findFirst().orElse("");
            case JobState.Cancelled() -> "";
            case JobState.Interrupted() -> "restart it: fovea jobs restart " + job.id();
        };
    }

    private static String waiting(int ahead) {
        return ahead < 0 ? "" : ahead == 0 ? "next in the queue" : "position %d in the queue".formatted(ahead + 1);
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
