package dev.fovea.monitoring;

import dev.fovea.fault.ErrorCode;
import java.util.List;
import java.util.Optional;

/** How one request ended. */
public sealed interface RequestOutcome {

    /**
     * The request succeeded.
     *
     * @param seen predicted labels: one of a classifier, any number of a detector, none for plain tensors
     * @param nanos duration of each stage
     * @param image the image; empty for tensor requests
     * @param cache cache status
     */
    record Predicted(List<Seen> seen, StageNanos nanos, Optional<Shown> image, Cache cache) implements RequestOutcome {
        public Predicted {
            seen = List.copyOf(seen);
        }
    }

    /** The cache status of a request. */
    enum Cache {
        NOT_USED,
        MISS,
        /** A hit: no stage ran, and only the total is counted. */
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
