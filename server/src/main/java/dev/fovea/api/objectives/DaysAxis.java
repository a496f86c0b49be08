package dev.fovea.api.objectives;

import dev.fovea.monitoring.objectives.Indicator;
import dev.fovea.monitoring.objectives.Objective;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The value axis of an objective's days. It begins at 0, except for shares that should be high: of 99.9 % and 99.8 %
 * the bars would be alike. Theirs begins near the target, at most ten times the allowed share below it; what is lower
 * is cut.
 *
 * @param marks round values from the axis' beginning to its end, in the objective's unit
 * @param decimals that tell the marks apart
 */
record DaysAxis(List<Double> marks, int decimals) {

    private static final double PERCENT = 100;
    private static final double MAX_BUDGETS = 10;
    private static final double ROOM = 0.25;
    private static final int WANTED = 3;
    private static final double TOLERANCE = 1e-9;

    DaysAxis {
        marks = List.copyOf(marks);
    }

    /** The axis on which a target and the values of days are seen. */
    static DaysAxis of(Objective objective, List<Double> values) {
        double target = objective.target();
        double high = DoubleStream.concat(values.stream().mapToDouble(value -> value), DoubleStream.of(target))
                .max()
                .orElse(target);
        if (!objective.indicator().isHigherBetter()) {
            return between(0, high, isShare(objective.indicator()) ? PERCENT : Double.MAX_VALUE);
        }
        double low = DoubleStream.concat(values.stream().mapToDouble(value -> value), DoubleStream.of(target))
                .min()
                .orElse(target);
        double allowed = PERCENT - target;
        double seen = low - ROOM * Math.max(high - low, allowed);
        return between(Math.max(0, Math.max(target - MAX_BUDGETS * allowed, seen)), high, PERCENT);
    }

    private static boolean isShare(Indicator indicator) {
        return switch (indicator) {
            case AVAILABILITY, ERROR_RATE, ACCURACY, PRECISION, RECALL -> true;
            case P95, P99, COST -> false;
        };
    }

    /** Round values, 1, 2 or 5 times a power of ten apart, that cover both. */
    private static DaysAxis between(double low, double high, double cap) {
        double rough = Math.max((high - low) / WANTED, Math.ulp(high) * PERCENT);
        int power = (int) Math.floor(Math.log10(rough));
        BigDecimal unit = BigDecimal.ONE.scaleByPowerOfTen(power);
        BigDecimal step = IntStream.of(1, 2, 5, 10)
                .mapToObj(factor -> unit.multiply(BigDecimal.valueOf(factor)))
                .filter(candidate -> candidate.doubleValue() >= rough * (1 - TOLERANCE))
                .findFirst()
                .orElse(unit.scaleByPowerOfTen(1));
        long first = (long) Math.floor(low / step.doubleValue() + TOLERANCE);
        long last = (long) Math.ceil(high / step.doubleValue() - TOLERANCE);
        List<Double> marks = IntStream.rangeClosed(0, (int) (last - first))
                .mapToObj(i -> step.multiply(BigDecimal.valueOf(first + i)).doubleValue())
                .filter(mark -> mark <= cap)
                .toList();
        return new DaysAxis(marks, Math.max(0, step.stripTrailingZeros().scale()));
    }

    /** Where it begins. */
    double from() {
        return marks.getFirst();
    }

    /** Where it ends. */
    double to() {
        return marks.getLast();
    }

    /** How far up a value is, from 0 to 1; what the axis does not reach is at its end. */
    double share(double value) {
        return Math.clamp((value - from()) / (to() - from()), 0, 1);
    }

    /** A mark as text, without its unit. */
    String text(double mark) {
        return BigDecimal.valueOf(mark).setScale(decimals, RoundingMode.HALF_UP).toPlainString();
    }
}
