package dev.fovea.pipeline.queue;

import java.util.Optional;

/**
 * The end of a job.
 *
 * @param report the full report as JSON
 */
public record JobOutcome(JobResult result, Optional<String> report) {}
