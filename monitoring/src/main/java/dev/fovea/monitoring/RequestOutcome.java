package dev.fovea.monitoring;

import dev.fovea.fault.ErrorCode;
import java.util.List;
import java.util.Optional;

/** How one request ended. */
public sealed interface RequestOutcome {

    /**
     * With an answer.
     *
     * @param seen what the answer names: one label of a classifier, any number of objects of a detector, nothing for
     *     plain tensors
     * @param nanos the time of each stage
     * @param image what was answered about; empty where tensors were sent
     * @param cache whether a cache had the answer
     */
    record Answered(List<Seen> seen, StageNanos nanos, Optional<Shown> image, Cache cache) implements RequestOutcome {
        public Answered {
            seen = List.copyOf(seen);
        }
    }

    /** What a cache of answers had to say to a request. */
    enum Cache {
        NOT_ASKED,
        MISS,
        /** The answer: of the stages nothing was done, and only the total counts. */
        HIT
    }

    /** A label and how sure the model was of it, 0 to 1. */
    record Seen(String label, double confidence) {}

    /**
     * An image as it came.
     *
     * @param width in pixels
     * @param height in pixels
     * @param format {@code JPEG}
     */
    record Shown(int width, int height, String format) {}

    /** With an error. */
    record Failed(ErrorCode code) implements RequestOutcome {}
}
