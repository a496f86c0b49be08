package dev.fovea.monitoring;

import dev.fovea.fault.ErrorCode;

/** How one request ended. */
public sealed interface Outcome {

    /**
     * With an answer.
     *
     * @param label the answer
     * @param confidence of that answer, 0 to 1
     * @param nanos the time of each stage
     * @param width of the picture in pixels, as it came
     * @param height of the picture in pixels, as it came
     * @param format of the picture, {@code JPEG}
     */
    record Answered(String label, double confidence, StageNanos nanos, int width, int height, String format)
            implements Outcome {}

    /** With an error. */
    record Failed(ErrorCode code) implements Outcome {}
}
