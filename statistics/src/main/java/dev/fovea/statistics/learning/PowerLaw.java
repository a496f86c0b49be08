package dev.fovea.statistics.learning;

import dev.fovea.statistics.Require;
import java.util.OptionalDouble;

/**
 * The error of a classifier that learned from n images of each class: {@code floor + scale · n^-exponent}. Source: C.
 * Cortes et al., "Learning curves: asymptotic values and rate of convergence", NIPS 1993; fitted by weighted least
 * squares as in R. Figueroa et al., "Predicting sample size required for classification performance", BMC Medical
 * Informatics and Decision Making 12 (2012) 8.
 *
 * @param floor the error that more images do not go below, 0 to 1
 * @param scale not negative
 * @param exponent positive
 */
public record PowerLaw(double floor, double scale, double exponent) {

    private static final double MIN_EXPONENT = 0.05;
    private static final double MAX_EXPONENT = 1.5;
    private static final int EXPONENTS = 59;

    public PowerLaw {
        Require.that(floor >= 0 && floor <= 1, "The floor %s is not from 0 to 1.", floor);
        Require.that(scale >= 0 && Double.isFinite(scale), "The scale is %s; it must not be negative.", scale);
        Require.that(exponent > 0, "The exponent is %s; it must be positive.", exponent);
    }

    /**
     * The law of the least weighted squares. Exponents from {@value #MIN_EXPONENT} to {@value #MAX_EXPONENT} are tried;
     * for each, floor and scale follow in closed form and are kept from being negative.
     *
     * @param sizes {@code [M]} images of each class, positive, M at least 2
     * @param errors {@code [M]}, 0 to 1
     * @param weights {@code [M]}, positive
     */
    public static PowerLaw fit(double[] sizes, double[] errors, double[] weights) {
        Require.that(
                sizes.length >= 2 && sizes.length == errors.length && sizes.length == weights.length,
                "%d sizes, %d errors and %d weights; there must be as many, and at least two.",
                sizes.length,
                errors.length,
                weights.length);
        PowerLaw best = new PowerLaw(0, 0, 1);
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < EXPONENTS; i++) {
            double exponent = MIN_EXPONENT * Math.pow(MAX_EXPONENT / MIN_EXPONENT, (double) i / (EXPONENTS - 1));
            PowerLaw law = fit(sizes, errors, weights, exponent);
            double squares = 0;
            for (int m = 0; m < sizes.length; m++) {
                double residual = errors[m] - law.error(sizes[m]);
                squares += weights[m] * residual * residual;
            }
            if (squares < least) {
                least = squares;
                best = law;
            }
        }
        return best;
    }

    /** Weighted regression of the errors on {@code n^-exponent}, with neither coefficient below 0. */
    private static PowerLaw fit(double[] sizes, double[] errors, double[] weights, double exponent) {
        double w = 0;
        double wx = 0;
        double wy = 0;
        double wxx = 0;
        double wxy = 0;
        for (int m = 0; m < sizes.length; m++) {
            double x = Math.pow(sizes[m], -exponent);
            w += weights[m];
            wx += weights[m] * x;
            wy += weights[m] * errors[m];
            wxx += weights[m] * x * x;
            wxy += weights[m] * x * errors[m];
        }
        double spread = w * wxx - wx * wx;
        double slope = spread > 0 ? (w * wxy - wx * wy) / spread : 0;
        double intercept = (wy - slope * wx) / w;
        if (slope < 0) {
            return new PowerLaw(Math.clamp(wy / w, 0, 1), 0, exponent);
        }
        if (intercept < 0) {
            return new PowerLaw(0, Math.max(0, wxy / wxx), exponent);
        }
        return new PowerLaw(Math.min(1, intercept), slope, exponent);
    }

    /** The error with n images of each class, at most 1. */
    public double error(double n) {
        return Math.min(1, floor + scale * Math.pow(n, -exponent));
    }

    /** The images of each class at which the error comes down to a value; empty where it never does. */
    public OptionalDouble sizeFor(double error) {
        if (error <= floor) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(scale == 0 ? 0 : Math.pow(scale / (error - floor), 1 / exponent));
    }
}
