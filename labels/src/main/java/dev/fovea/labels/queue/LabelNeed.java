package dev.fovea.labels.queue;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.Optional;

/**
 * How many labels the models that learn from a data set need.
 *
 * @param labelsPerDay declared by somebody who knows; without it, as many as the arriving images want
 * @param intakeShare share of the arriving images that are to be labelled, 0 to 1
 */
public record LabelNeed(Optional<Double> labelsPerDay, double intakeShare) {

    /** All images that arrive are labelled. */
    public static final LabelNeed DEFAULT = new LabelNeed(Optional.empty(), 1);

    private static final double MOST = 1e9;

    public LabelNeed {
        labelsPerDay.ifPresent(labels -> require("labels_per_day", labels, MOST));
        require("intake_share", intakeShare, 1);
    }

    private static void require(String name, double value, double max) {
        if (!(value >= 0 && value <= max)) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "\"%s\" is %s; it must be from 0 to %.0f.".formatted(name, value, max));
        }
    }
}
