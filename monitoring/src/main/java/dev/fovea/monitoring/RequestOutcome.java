package dev.fovea.monitoring;

import dev.fovea.fault.ErrorCode;
import java.util.List;
import java.util.Optional;

/** How one request ended. */
public sealed interface RequestOutcome {

    /**
     * The request succeeded.
     *
     * @param labels predicted labels: one of a classifier, any number of a detector, none for plain tensors
     * @param nanos duration of each stage
     * @param image the image; empty for tensor requests
     * @param cache cache status
     */
    record RequestSucceeded(List<PredictedLabel> labels, StageNanos nanos, Optional<ReceivedImage> image, Cache cache)
            implements RequestOutcome {
        public RequestSucceeded {
            labels = List.copyOf(labels);
        }
    }

    /** The cache status of a request. */
    enum Cache {
        NOT_USED,
        MISS,
        /** A hit: no stage ran, and only the total is counted. */
        HIT
    }

    /** A label with its confidence, 0 to 1. */
    record PredictedLabel(String label, double confidence) {}

    /**
     * An image as received.
     *
     * @param width in pixels
     * @param height in pixels
     * @param format {@code JPEG}
     */
    record ReceivedImage(int width, int height, String format) {}

    /** The request failed. */
    record RequestFailed(ErrorCode code) implements RequestOutcome {}
}
