package dev.fovea.statistics.estimation;

import dev.fovea.statistics.Interval;
import java.util.Optional;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * A mean outcome of live predictions without labels, under two assumptions. Images with the same prediction may be
 * right as often as before: they are more or less difficult. Or images of each class may get the predictions that they
 * got before: the mix of classes changed.
 *
 * @param samePrediction the estimate under the first assumption
 * @param sameClass that under the second; empty where it cannot be made
 */
public record UnlabelledMean(MeanEstimate samePrediction, Optional<MeanEstimate> sameClass) {

    private static final double NORMAL =
            new NormalDistribution().inverseCumulativeProbability((1 + Interval.DEFAULT_LEVEL) / 2);

    /** The middle of both. */
    public double value() {
        return sameClass
                .map(other -> (samePrediction.value() + other.value()) / 2)
                .orElseGet(samePrediction::value);
    }

    /**
     * The 95 % interval, which holds under either assumption. It is the mean of both intervals, as the standard
     * deviation of the middle is at most the mean of both (Cauchy and Schwarz). Half the distance of the estimates is
     * added in squares.
     */
    public Interval interval() {
        return sameClass
                .map(other -> around(samePrediction.interval(), other.interval()))
                .orElseGet(samePrediction::interval);
    }

    private Interval around(Interval first, Interval second) {
        double low = (first.low() + second.low()) / 2;
        double high = (first.high() + second.high()) / 2;
        double half = (high - low) / 2;
        double more = Math.hypot(half, NORMAL * Math.abs(first.value() - second.value()) / 2) - half;
        double middle = (first.value() + second.value()) / 2;
        return Interval.within(middle, low - more, high + more, 0, 1);
    }

    /** Whether the estimates differ by more than either's interval, so that the assumptions say different things. */
    public boolean isContradictory() {
        return sameClass
                .filter(other -> !other.interval().contains(clamped(samePrediction))
                        && !samePrediction.interval().contains(clamped(other)))
                .isPresent();
    }

    private static double clamped(MeanEstimate estimate) {
        return Math.clamp(estimate.value(), 0, 1);
    }
}
