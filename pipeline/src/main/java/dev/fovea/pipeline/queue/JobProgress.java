package dev.fovea.pipeline.queue;

import dev.fovea.fault.FoveaException;
import dev.fovea.quantize.calibration.QuantizationProgress;
import java.time.Duration;
import java.util.Optional;

/** Receives the progress of work, and stops it when it is cancelled. */
@FunctionalInterface
public interface JobProgress {

    /**
     * Reports progress.
     *
     * @param fraction of this step, 0 to 1
     * @param remaining of this step, where it is known
     * @param detail in a few words
     * @throws FoveaException {@code CANCELLED} when the work was cancelled
     */
    void at(String step, double fraction, Optional<Duration> remaining, String detail);

    /** The id of the job that the work is; empty for work that is none. */
    default Optional<String> job() {
        return Optional.empty();
    }

    /** The same for work that counts. */
    default QuantizationProgress counting() {
        return (step, done, of) -> at(step, (double) done / Math.max(1, of), Optional.empty(), done + " of " + of);
    }
}
