package dev.fovea.pipeline.queue;

import dev.fovea.pipeline.request.JobRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * A recorded job.
 *
 * @param id a ULID, so that ids sort by creation
 * @param request the request
 * @param times when it was created, started and ended
 * @param state its state
 * @param step the current step, or the last one
 */
public record Job(String id, JobRequest request, Times times, JobState state, JobStep step) {

    /**
     * Times, to the microsecond.
     *
     * @param started empty while it is queued, and if it was cancelled while queued
     * @param ended empty before it ends
     */
    public record Times(Instant created, Optional<Instant> started, Optional<Instant> ended) {}

    /** Whether it is queued or running. */
    public boolean isOpen() {
        return switch (state) {
            case JobState.Queued _, JobState.Running _ -> true;
            case JobState.Done _, JobState.Failed _, JobState.Cancelled _, JobState.Interrupted _ -> false;
        };
    }
}
