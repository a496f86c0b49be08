package dev.fovea.pipeline.queue;

import dev.fovea.fault.ErrorCode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The state of a job: queued, running, then one of the others. {@link JobStore} makes the transitions. */
public sealed interface JobState {

    /** It is queued for a server. */
    record Queued() implements JobState {}

    /**
     * It is running.
     *
     * @param lease until when an owner on another machine counts as alive
     * @param cancelling whether it stops at its next step
     */
    record Running(JobOwner owner, Instant lease, boolean cancelling) implements JobState {}

    /** It is complete. */
    record Done(JobResult result) implements JobState {}

    /** It failed. */
    record Failed(ErrorCode code, String message) implements JobState {}

    /** It was cancelled. */
    record Cancelled() implements JobState {}

    /** Its process ended first; the same request can be started again. */
    record Interrupted() implements JobState {}

    /** All names, as in the API. */
    List<String> NAMES = List.of("queued", "running", "done", "failed", "cancelled", "interrupted");

    /** The name of the state, as in the API. */
    default String word() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
