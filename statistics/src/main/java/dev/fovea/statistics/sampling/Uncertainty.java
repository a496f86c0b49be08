package dev.fovea.statistics.sampling;

import dev.fovea.statistics.Require;

/**
 * How unsure a classifier is of an item, in [0, 1]: 0 for one certain class, 1 for the uniform distribution. Source: B.
 * Settles, "Active learning literature survey", University of Wisconsin–Madison 2009, section 3.1; each is scaled to
 * [0, 1].
 */
public enum Uncertainty {
    /** {@code 1 − (p_1 − p_2)}, of the two most probable classes. */
    MARGIN {
        @Override
        public double of(double[] probabilities) {
            double first = 0;
            double second = 0;
            for (double p : probabilities) {
                if (p > first) {
                    second = first;
                    first = p;
                } else {
                    second = Math.max(second, p);
                }
            }
            return 1 - (first - second);
        }
    },
    /** {@code −sum p ln p / ln K}. */
    ENTROPY {
        @Override
        public double of(double[] probabilities) {
            double sum = 0;
            for (double p : probabilities) {
                sum -= p > 0 ? p * Math.log(p) : 0;
            }
            return sum / Math.log(probabilities.length);
        }
    },
    /** {@code (1 − p_1) K / (K − 1)}. */
    LEAST_CONFIDENCE {
        @Override
        public double of(double[] probabilities) {
            double first = 0;
            for (double p : probabilities) {
                first = Math.max(first, p);
            }
            return (1 - first) * probabilities.length / (probabilities.length - 1);
        }
    };

    /** The uncertainty of one item with probabilities {@code [K]} that sum to 1, K at least 2. */
    public abstract double of(double[] probabilities);

    /** The uncertainty of items {@code [N][K]}, {@code [N]}. */
    public double[] of(double[][] probabilities) {
        double[] values = new double[probabilities.length];
        for (int i = 0; i < values.length; i++) {
            Require.that(
                    probabilities[i].length >= 2,
                    "Item %d has %d classes; there must be two.",
                    i,
                    probabilities[i].length);
            values[i] = of(probabilities[i]);
        }
        return values;
    }
}
