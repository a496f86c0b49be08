package dev.fovea.bench.rollout;

import dev.fovea.rollout.experiment.ExperimentPlan.UsualValue;
import java.util.random.RandomGenerator;

/**
 * A business figure of drawn units.
 *
 * @param usual in production, as the plan knows it
 * @param effect the smallest one of interest
 * @param draw a unit's value
 */
record DrawnFigure(String name, UsualValue usual, double effect, Draw draw) {

    private static final double BUYERS = 0.03;

    /** Draws a unit's value. */
    interface Draw {

        /** @param more what the mean is above that of production */
        double value(double more, RandomGenerator random);
    }

    /** Yes or no. */
    static DrawnFigure conversion(double rate, double effect) {
        return new DrawnFigure(
                "yes or no, %.1f %% ± %.1f".formatted(100 * rate, 100 * effect),
                UsualValue.rate(rate),
                effect,
                (more, random) -> random.nextDouble() < rate + more ? 1 : 0);
    }

    /** Three of a hundred units buy, for a log-normal price with a mean of 1 and a deviation of 1.3. */
    static DrawnFigure revenue() {
        double sigma = 1;
        double price = Math.exp(-sigma * sigma / 2);
        double mean = BUYERS;
        double deviation = Math.sqrt(BUYERS * Math.exp(sigma * sigma) - mean * mean);
        return new DrawnFigure(
                "revenue, 3 % buy",
                UsualValue.number(mean, deviation),
                0.008,
                (more, random) -> random.nextDouble() < BUYERS
                        ? (1 + more / BUYERS) * price * Math.exp(sigma * random.nextGaussian())
                        : 0);
    }
}
