package dev.fovea.datasets;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;

/**
 * Split fractions, which add up to 1.
 *
 * @param train training split; more than 0
 * @param validation split
 * @param test split
 */
public record Fractions(double train, double validation, double test) {

    /** 70 % training, 10 % validation, 20 % test. */
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
        boolean condition = parts.length == 3;
        for (int i = 0; condition && i < 3; i++) {
            condition = parts[i].strip().matches("\\d{1,3}(\\.\\d+)?");
            percent[i] = condition ? Double.parseDouble(parts[i].strip()) : 0;
            condition = percent[i] > 0;
            sum += percent[i];
        }
        if (!condition || Math.abs(sum - 100) > 1e-6) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The split \"%s\" must be percent for train, validation and test that add up to 100, as 70/15/15."
                            .formatted(text));
        }
        return new Fractions(1 - (percent[1] + percent[2]) / 100, percent[1] / 100, percent[2] / 100);
    }

    double of(Split split) {
        return switch (split) {
            case TRAIN -> train;
            case VALIDATION -> validation;
            case TEST -> test;
            case UNASSIGNED -> 0;
        };
    }
}
