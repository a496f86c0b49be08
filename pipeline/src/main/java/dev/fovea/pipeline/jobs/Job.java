package dev.fovea.pipeline.jobs;

import java.time.Instant;

/**
 * A piece of long work on record.
 *
 * @param id a ULID, so that ids sort by start
 * @param kind what work: {@code ingest}, {@code train}, …
 * @param subject what it works on: a model's name, a folder
 * @param state how far it has come
 * @param started when it began
 * @param owner the process that runs it
 */
public record Job(String id, String kind, String subject, JobState state, Instant started, JobOwner owner) {

    /** The same job in another state. */
    public Job with(JobState next) {
        return new Job(id, kind, subject, next, started, owner);
    }
}
