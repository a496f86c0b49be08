package dev.fovea.datasets;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;

/**
 * How images are divided, as parts that add up to 1.
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

    /**
     * Reads {@code 70/15/15}: percent for train, validation and test.
     *
     * @throws FoveaException {@code ARGUMENT_INVALID} unless all three are positive and add up to 100
     */
    public static Fractions parse(String text) {
        String[] parts = text.strip().split("/", -1);
        double[] percent = new double[3];
        double sum = 0;
        boolean holds = parts.length == 3;
        for (int i = 0; holds && i < 3; i++) {
            holds = parts[i].strip().matches("\\d{1,3}(\\.\\d+)?");
            percent[i] = holds ? Double.parseDouble(parts[i].strip()) : 0;
            holds = percent[i] > 0;
            sum += percent[i];
        }
        if (!holds || Math.abs(sum - 100) > 1e-6) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The split \"%s\" must be percent for train, validation and test that add up to 100, as 70/15/15."
                            .formatted(text));
        }
        return new Fractions(1 - (percent[1] + percent[2]) / 100, percent[1] / 100, percent[2] / 100);
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
