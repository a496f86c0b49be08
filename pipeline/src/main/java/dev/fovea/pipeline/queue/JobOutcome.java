package dev.fovea.pipeline.queue;

import java.util.Optional;

/**
 * A job's end.
 *
 * @param report everything that was found out, as JSON
 */
public record JobOutcome(JobResult result, Optional<String> report) {}
