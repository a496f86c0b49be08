package dev.fovea.datasets;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;

/**
 * How pictures are divided, as parts that add up to 1.
 *
 * @param train to learn from; more than 0
 * @param validation to choose by
 * @param test held out
 */
public record Fractions(double train, double validation, double test) {

    /** 70 % to learn from, 10 % to choose by, 20 % held out. */
    public static final Fractions DEFAULT = new Fractions(0.7, 0.1, 0.2);

    public Fractions {
        if (!(train > 0 && validation >= 0 && test >= 0) || Math.abs(train + validation + test - 1) > 1e-9) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "fractions %s, %s, %s for train, validation and test: none may be negative, train must be positive, and they must add up to 1"
                            .formatted(train, validation, test));
        }
    }

    double of(Side side) {
        return switch (side) {
            case TRAIN -> train;
            case VALIDATION -> validation;
            case TEST -> test;
            case UNASSIGNED -> 0;
        };
    }
}
