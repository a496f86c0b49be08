package dev.fovea.pipeline.queue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where jobs are kept, durably and shared by processes; each method is one transaction. Every failure of the medium is
 * {@code STORAGE_FAILED}.
 */
public interface JobStore {

    /** What became of a running job since it was looked at last. */
    enum Renewal {
        KEPT,
        CANCEL_REQUESTED,
        /** It has ended: another process took its owner for dead. */
        LOST
    }

    /** Keeps a new job, queued or running. */
    void add(Job job);

    /** A job, if it is still on record. */
    Optional<Job> find(String id);

    /** The report of a job that is done, as JSON. */
    Optional<String> report(String id);

    /** The queued and running jobs, oldest first. */
    List<Job> open();

    /** The newest jobs, newest first. */
    List<Job> recent(int limit);

    /** Makes the oldest queued job a running one, for one caller only. */
    Optional<Job> claim(JobState.Running running, Instant started);

    /** Keeps the step and the lease of a running job. */
    Renewal renew(String id, JobState.Running running, JobStep step);

    /** Cancels a queued job, and has a running one end at its next step; false when it has ended. */
    boolean cancel(String id, Instant now);

    /** Keeps how a running job ended; false when it was not running, and then nothing changes. */
    boolean end(String id, JobState state, Instant ended, Optional<String> report);

    /** Forgets all but the newest jobs that have ended. */
    void prune(int kept);
}
