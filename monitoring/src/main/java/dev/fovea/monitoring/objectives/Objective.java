package dev.fovea.monitoring.objectives;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/**
 * A service level objective.
 *
 * @param label the class of precision and recall; empty otherwise
 * @param target in the indicator's unit
 */
public record Objective(Indicator indicator, Optional<String> label, double target) {

    private static final double MIN_MILLIS = 0.1;
    private static final double MAX_MILLIS = 100_000;
    private static final double MAX_COST = 1e9;
    private static final double WHOLE = 100;
    private static final double MAX_PERCENT = 99.999;
    private static final double MIN_PERCENT = 0.001;
    private static final int MAX_LABEL = 200;

    /** Checks the target: {@code ARGUMENT_INVALID}. */
    public Objective {
        if (indicator.isOfClass() != label.isPresent()) {
            throw invalid("The objective \"%s\" %s"
                    .formatted(
                            indicator.word(),
                            indicator.isOfClass() ? "needs the name of a class." : "is of no single class."));
        }
        if (label.filter(name -> name.isBlank() || name.length() > MAX_LABEL || !Printable.isPlain(name))
                .isPresent()) {
            throw invalid("The class \"%s\" must have 1 to %d printable characters."
                    .formatted(Printable.brief(label.get()), MAX_LABEL));
        }
        boolean isPossible = switch (indicator) {
            case AVAILABILITY, ERROR_RATE, ACCURACY, PRECISION, RECALL -> target > 0 && target < WHOLE;
            case P95, P99 -> target >= MIN_MILLIS && target <= MAX_MILLIS;
            case COST -> target > 0 && target <= MAX_COST;
        };
        if (!isPossible) {
            throw invalid(
                    "The objective \"%s\" is %s; it must be %s.".formatted(indicator.word(), target, range(indicator)));
        }
    }

    /** Refuses a percentage that leaves no budget that anybody could keep or read: {@code ARGUMENT_INVALID}. */
    void requireBudget() {
        boolean isPossible = switch (indicator) {
            case AVAILABILITY, ACCURACY, PRECISION, RECALL -> target <= MAX_PERCENT;
            case ERROR_RATE -> target >= MIN_PERCENT;
            case P95, P99, COST -> true;
        };
        if (!isPossible) {
            throw invalid(
                    "The objective \"%s\" is %s; it must be %s. One bad request in 100,000 is the least that can be allowed."
                            .formatted(
                                    name(),
                                    targetText(),
                                    indicator == Indicator.ERROR_RATE ? "0.001 % or more" : "99.999 % or less"));
        }
    }

    private static String range(Indicator indicator) {
        return switch (indicator) {
            case AVAILABILITY, ERROR_RATE, ACCURACY, PRECISION, RECALL ->
                "a percentage above 0 and below 100: at 100 or 0 no error would be allowed, and there were no budget";
            case P95, P99 -> "a time from 0.1 ms to 100 s";
            case COST -> "an amount above 0, at most 1,000,000,000";
        };
    }

    private static FoveaException invalid(String message) {
        return new FoveaException(ErrorCode.ARGUMENT_INVALID, message);
    }

    /** Its name, unique in a model: {@code p95}, {@code recall:crack}. */
    public String name() {
        return indicator.word() + label.map(text -> ":" + text).orElse("");
    }

    /** The target as it was stated, with its unit. */
    public String targetText() {
        return withUnit(BigDecimal.valueOf(target).stripTrailingZeros().toPlainString());
    }

    /** A value of the indicator with its unit. */
    public String text(double value) {
        return withUnit(new BigDecimal(value)
                .round(new MathContext(indicator == Indicator.AVAILABILITY ? 6 : 4))
                .stripTrailingZeros()
                .toPlainString());
    }

    private String withUnit(String number) {
        return indicator.unit().isEmpty() ? number : number + " " + indicator.unit();
    }

    /** The share of requests or predictions that may be bad; of cost, which has none, empty. */
    public Optional<Double> allowedShare() {
        return switch (indicator) {
            case AVAILABILITY, ACCURACY, PRECISION, RECALL ->
                Optional.of(share(BigDecimal.valueOf(WHOLE).subtract(BigDecimal.valueOf(target))));
            case ERROR_RATE -> Optional.of(share(BigDecimal.valueOf(target)));
            case P95 -> Optional.of(0.05);
            case P99 -> Optional.of(0.01);
            case COST -> Optional.empty();
        };
    }

    /** By the decimal number that the percentage stands for: 99.9 % leave 0.001 and nothing less. */
    private static double share(BigDecimal percent) {
        return percent.movePointLeft(2).doubleValue();
    }
}
