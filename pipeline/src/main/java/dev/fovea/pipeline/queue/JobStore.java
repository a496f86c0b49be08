package dev.fovea.pipeline.queue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Stores jobs, durably and shared by processes; each method is one transaction. Every failure of the medium is
 * {@code STORAGE_FAILED}.
 */
public interface JobStore {

    /** The state of a running job at its heartbeat. */
    enum Renewal {
        KEPT,
        CANCEL_REQUESTED,
        /** It has ended: another process found its owner dead. */
        LOST
    }

    /** Stores a new job, queued or running. */
    void add(Job job);

    /** A job, if it is still stored. */
    Optional<Job> find(String id);

    /** The report of a job that is done, as JSON. */
    Optional<String> report(String id);

    /** The queued and running jobs, oldest first. */
    List<Job> open();

    /** The newest jobs, newest first. */
    List<Job> recent(int limit);

    /** Marks the oldest queued job as running, for one caller only. */
    Optional<Job> claim(JobState.Running running, Instant started);

    /** Stores the step and the lease of a running job. */
    Renewal renew(String id, JobState.Running running, JobStep step);

    /** Cancels a queued job, and stops a running one at its next step; false when it has ended. */
    boolean cancel(String id, Instant now);

    /** Stores the end of a running job; false, without a change, when it was not running. */
    boolean end(String id, JobState state, Instant ended, Optional<String> report);

    /** Puts a running job back into the queue, at its place; false, without a change, when it was not running. */
    boolean requeue(String id);

    /** Deletes all but the newest jobs that have ended. */
    void prune(int max);
}
