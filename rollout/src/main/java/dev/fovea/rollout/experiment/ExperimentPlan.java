package dev.fovea.rollout.experiment;

import dev.fovea.statistics.Require;
import dev.fovea.statistics.sequential.MeanDifferenceSize;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /**
     * What is known before an experiment; what is left out is measured.
     *
     * @param rate share of units with the figure in production
     * @param mean of a number per unit
     * @param deviation of it, from unit to unit
     * @param perDay units per day
     * @param days how many days back is measured
     * @param power how often the smallest effect of interest shall be shown
     */
    public record KnownUsual(
            Optional<Double> rate,
            Optional<Double> mean,
            Optional<Double> deviation,
            Optional<Double> perDay,
            int days,
            double power) {

        /** How many days back is measured, usually. */
        public static final int USUAL_DAYS = 7;

        /** The usual power. */
        public static final double USUAL_POWER = 0.8;

        private static final int MOST_DAYS = 365;

        public KnownUsual {
            Require.that(
                    days >= 1 && days <= MOST_DAYS, "The days are %d; they must be from 1 to %d.", days, MOST_DAYS);
            Require.that(
                    perDay.isEmpty() || perDay.get() > 0,
                    "The units per day are %s; give a number above 0.",
                    perDay.orElse(0.0));
        }

        Optional<UsualValue> stated(ExperimentMetric.FigureKind kind) {
            return switch (kind) {
                case CONVERSION -> rate.map(UsualValue::rate);
                case NUMBER -> mean.flatMap(value -> deviation.map(spread -> UsualValue.number(value, spread)));
            };
        }

        boolean isMeasured(ExperimentMetric.FigureKind kind) {
            return perDay.isEmpty() || stated(kind).isEmpty();
        }
    }

    /**
     * How long it takes.
     *
     * @param perDay units per day; 0 where there were none
     */
    public record Outlook(ExperimentPlan plan, double perDay, double power) {

        /**
         * A way to analyse.
         *
         * @param test in words
         * @param units of all versions
         * @param days at this traffic; 0 where there is none
         */
        public record TestLength(String test, long units, double days) {}

        /** The ways to analyse, the shortest horizon first. */
        public List<TestLength> sizes() {
            return List.of(
                    size("fixed horizon", plan.fixed(power)),
                    size("sequential, in most cases", plan.sequential(power)),
                    size("sequential, on average", plan.mean()));
        }

        private TestLength size(String test, long units) {
            return new TestLength(test, units, perDay > 0 ? units / perDay : 0);
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
