package dev.fovea.pipeline;

import dev.fovea.fault.FoveaException;
import dev.fovea.pipeline.queue.JobOutcome;
import dev.fovea.pipeline.queue.JobProgress;
import dev.fovea.pipeline.request.ImportRequest;

/** Imports an unchecked network in a child process with limits. */
@FunctionalInterface
public interface ImportIsolation {

    /**
     * Imports as {@link ImportWork} does.
     *
     * @throws FoveaException {@code MODEL_LIMIT_EXCEEDED} when a limit is passed or the process crashes, else that of
     *     the import
     */
    JobOutcome run(ImportRequest request, JobProgress progress);
}
