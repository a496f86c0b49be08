package dev.fovea.pipeline.queue;

import dev.fovea.fault.ErrorCode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** How far a job has come: queued, running, then one of the others. {@link JobStore} makes the transitions. */
public sealed interface JobState {

    /** It waits for a server to run it. */
    record Queued() implements JobState {}

    /**
     * Its owner is at work.
     *
     * @param lease until when an owner on another machine is taken to live
     * @param cancelling whether it is to end at its next step
     */
    record Running(JobOwner owner, Instant lease, boolean cancelling) implements JobState {}

    /** It came to its end. */
    record Done(JobResult result) implements JobState {}

    /** It gave up. */
    record Failed(ErrorCode code, String message) implements JobState {}

    /** A person ended it. */
    record Cancelled() implements JobState {}

    /** The process that ran it ended first; the same request can be started again. */
    record Interrupted() implements JobState {}

    /** All names, as the API has them. */
    List<String> NAMES = List.of("queued", "running", "done", "failed", "cancelled", "interrupted");

    /** The state's name, as the API has it. */
    default String word() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
