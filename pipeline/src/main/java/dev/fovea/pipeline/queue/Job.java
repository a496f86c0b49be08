package dev.fovea.pipeline.queue;

import dev.fovea.pipeline.request.JobRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * A piece of long work on record.
 *
 * @param id a ULID, so that ids sort by creation
 * @param request what is to be done
 * @param times when it was created, started and ended
 * @param state how far it has come
 * @param step where it is, or was when it ended
 */
public record Job(String id, JobRequest request, Times times, JobState state, JobStep step) {

    /**
     * When things happened, to the microsecond.
     *
     * @param started empty while it waits, and for one that was cancelled before
     * @param ended empty before it ends
     */
    public record Times(Instant created, Optional<Instant> started, Optional<Instant> ended) {}

    /** Whether it waits or runs. */
    public boolean isOpen() {
        return switch (state) {
            case JobState.Queued _, JobState.Running _ -> true;
            case JobState.Done _, JobState.Failed _, JobState.Cancelled _, JobState.Interrupted _ -> false;
        };
    }
}
