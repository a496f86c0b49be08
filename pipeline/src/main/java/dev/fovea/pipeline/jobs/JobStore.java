package dev.fovea.pipeline.jobs;

import java.util.List;

/** Where jobs are kept, durably and shared by processes. Every failure of the medium is {@code STORAGE_FAILED}. */
public interface JobStore {

    /** Keeps a new job. */
    void add(Job job);

    /** Keeps how a running job ended; false when it was not running, and then nothing changes. */
    boolean end(String id, JobState state);

    /** The jobs that run, oldest first. */
    List<Job> running();

    /** The newest jobs, newest first. */
    List<Job> recent(int limit);
}
