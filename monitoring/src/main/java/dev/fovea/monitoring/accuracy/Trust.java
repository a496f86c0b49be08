package dev.fovea.monitoring.accuracy;

import dev.fovea.statistics.Interval;
import java.util.Optional;

/**
 * Whether an estimate without labels is to be trusted.
 *
 * @param level what was found
 * @param reason why, as a sentence
 * @param separation how well a classifier tells live images from held-out ones with the same predictions: the area
 *     under its ROC curve, 0.5 when it cannot; absent where images were not compared
 * @param effectiveImages how many held-out images the estimate rests on after they are weighted to the live predictions
 */
public record Trust(Level level, String reason, Optional<Interval> separation, int effectiveImages) {

    /** How far to trust. */
    public enum Level {
        /** Images were compared and are alike. */
        TRUSTED,
        /** The images could not be compared, or there are too few to tell. */
        UNKNOWN,
        /** What the estimate assumes does not hold. */
        NOT_TRUSTED
    }
}
