package dev.fovea.rollout.experiment;

import dev.fovea.statistics.Require;
import dev.fovea.statistics.sequential.MeanDifferenceSize;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;

/**
 * How many units an experiment takes, before it starts: until a variant that differs from the control by the effect of
 * interest is shown to. It is that of the pair with the least traffic. Pure.
 *
 * @param shares of all versions, the control among them, in percent
 * @param control the version in production
 * @param usual what is known of the metric per unit in production
 * @param effect the smallest difference of interest
 * @param error over all pairs of versions
 */
public record ExperimentPlan(
        SortedMap<Integer, Double> shares, int control, UsualValue usual, double effect, double error) {

    /**
     * The metric per unit in production.
     *
     * @param kind of the metric
     * @param mean of it; for yes or no the share of units
     * @param variance of it, from unit to unit
     */
    public record UsualValue(ExperimentMetric.FigureKind kind, double mean, double variance) {

        /** Of yes or no. */
        public static UsualValue rate(double rate) {
            Require.that(rate > 0 && rate < 1, "The rate is %s; it is a share between 0 and 1: 0.04 is 4 %%.", rate);
            return new UsualValue(ExperimentMetric.FigureKind.CONVERSION, rate, rate * (1 - rate));
        }

        /** Of a number. */
        public static UsualValue number(double mean, double deviation) {
            Require.that(
                    Double.isFinite(mean) && Double.isFinite(deviation) && deviation > 0,
                    "The mean is %s with a standard deviation of %s; give numbers, the deviation above 0.",
                    mean,
                    deviation);
            return new UsualValue(ExperimentMetric.FigureKind.NUMBER, mean, deviation * deviation);
        }

        /** The variance with a mean that differs by an effect; that of a number stays. */
        private double varianceAt(double difference) {
            double rate = Math.clamp(mean + difference, 0, 1);
            return switch (kind) {
                case CONVERSION -> rate * (1 - rate);
                case NUMBER -> variance;
            };
        }
    }

    /** Units of all versions for one analysis at a fixed horizon. */
    public long fixed(double power) {
        return size().fixed(power);
    }

    /** Units of all versions by which a sequential experiment has shown it with a probability. */
    public long sequential(double power) {
        return size().sequential(power);
    }

    /** Units of all versions that a sequential experiment takes on average. */
    public long mean() {
        return size().mean();
    }

    private MeanDifferenceSize size() {
        int versions = shares.size();
        double pairs = versions * (versions - 1) / 2.0;
        double least = shares.entrySet().stream()
                .filter(share -> share.getKey() != control)
                .map(Map.Entry::getValue)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        double own = shares.getOrDefault(control, 0.0);
        double spread = 100 * (usual.varianceAt(effect) / least + usual.varianceAt(0) / own);
        return new MeanDifferenceSize(effect, spread, error / pairs);
    }
}
