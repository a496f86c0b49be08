package dev.fovea.pipeline.bar;

import dev.fovea.statistics.Interval;
import java.util.Locale;
import java.util.Optional;

/**
 * How a candidate stands to one condition of a bar.
 *
 * @param condition as it is written
 * @param subject what is compared, as {@code recall(hole)}
 * @param limit a share, milliseconds or bytes
 * @param value estimate, or what was measured; absent where it was not measured
 * @param low lower end of the interval of a quality
 * @param high upper end
 * @param met whether the condition is met with confidence: the lower end of a quality, the figure itself of a cost
 */
public record ConditionResult(
        String condition,
        String subject,
        double limit,
        Optional<Double> value,
        Optional<Double> low,
        Optional<Double> high,
        boolean met) {

    private static final double HUNDRED = 100;
    private static final double ROOM = 1.2;

    static ConditionResult quality(BarCondition condition, Interval interval) {
        return new ConditionResult(
                condition.toString(),
                condition.subject(),
                condition.limit(),
                Optional.of(interval.value()),
                Optional.of(interval.low()),
                Optional.of(interval.high()),
                condition.isMet(interval.low()));
    }

    static ConditionResult cost(BarCondition condition, Optional<Double> measured) {
        return new ConditionResult(
                condition.toString(),
                condition.subject(),
                condition.limit(),
                measured,
                Optional.empty(),
                Optional.empty(),
                measured.filter(condition::isMet).isPresent());
    }

    /** The condition if it is met, else one that is: a quality as it is shown, a cost with some room. */
    public Optional<BarCondition> attained(BarCondition of) {
        if (met) {
            return Optional.of(of);
        }
        return low.map(shown -> Math.floor(HUNDRED * shown) / HUNDRED)
                .or(() -> value.map(figure -> rounded(ROOM * figure)))
                .filter(limit -> limit > 0)
                .map(limit -> new BarCondition(of.measure(), of.label(), limit));
    }

    /** Up to two digits. */
    private static double rounded(double figure) {
        double unit = Math.pow(10, Math.floor(Math.log10(figure)) - 1);
        return Math.ceil(figure / unit) * unit;
    }

    /** The figure with its interval, for people. */
    public String figures(BarCondition of) {
        return value.map(figure -> low.isPresent() && high.isPresent()
                        ? String.format(
                                Locale.ROOT, "%s %.3f (%.3f to %.3f)", of.subject(), figure, low.get(), high.get())
                        : of.subject() + " " + of.shown(figure))
                .orElse(of.subject() + " not measured");
    }
}
