package dev.fovea.api.objectives;

import dev.fovea.monitoring.objectives.Indicator;
import dev.fovea.monitoring.objectives.Objective;
import java.math.BigDecimal;
import java.math.MathContext;

/** Objectives as a page says them: names and values for those who did not write the command. */
final class ObjectiveWords {

    /** Costs are in the unit of the stated prices, which have no name. */
    static final String PRICE_UNIT = "price units";

    private ObjectiveWords() {}

    /** {@code Latency p95}, {@code Recall of crack}. */
    static String name(Objective objective) {
        return switch (objective.indicator()) {
                    case AVAILABILITY -> "Availability";
                    case ERROR_RATE -> "Error rate";
                    case P95 -> "Latency p95";
                    case P99 -> "Latency p99";
                    case ACCURACY -> "Accuracy";
                    case PRECISION -> "Precision";
                    case RECALL -> "Recall";
                    case COST -> "Cost of 1,000 answers";
                }
                + objective.label().map(label -> " of " + label).orElse("");
    }

    /** The unit of its values. */
    static String unit(Objective objective) {
        return objective.indicator() == Indicator.COST
                ? PRICE_UNIT
                : objective.indicator().unit();
    }

    /** A value with its unit. */
    static String value(Objective objective, double value) {
        String text = objective.text(value);
        return objective.indicator() == Indicator.COST ? text + " " + PRICE_UNIT : text;
    }

    /** The target as it was set, with all its figures: 99.99999 % is not 100 %. */
    static String target(Objective objective) {
        return BigDecimal.valueOf(objective.target()).stripTrailingZeros().toPlainString() + " " + unit(objective);
    }

    /** A number with so many figures that say something, never in powers of ten. */
    static String figures(double value, int figures) {
        BigDecimal rounded =
                BigDecimal.valueOf(value).round(new MathContext(figures)).stripTrailingZeros();
        return rounded.toPlainString();
    }
}
