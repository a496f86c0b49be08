package dev.fovea.pipeline.advice;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What advice is asked for.
 *
 * @param weights of the criteria, not negative, at least one positive
 * @param months that costs are compared over
 * @param pilot what was measured; empty without images
 */
public record AdviceOrder(
        Situation situation,
        CostAssumptions prices,
        Map<Criterion, Double> weights,
        int months,
        Optional<PilotResult> pilot) {

    /** Accuracy counts double: a way that is wrong too often is of no use. */
    private static final Map<Criterion, Double> DEFAULT = Map.of(
            Criterion.ACCURACY,
            2.0,
            Criterion.TIME,
            1.0,
            Criterion.COST,
            1.0,
            Criterion.CONTROL,
            1.0,
            Criterion.EFFORT,
            1.0);

    private static final int MAX_MONTHS = 120;

    static double weight(Criterion criterion) {
        return DEFAULT.getOrDefault(criterion, 1.0);
    }

    public AdviceOrder {
        Map<Criterion, Double> all = new EnumMap<>(DEFAULT);
        all.putAll(weights);
        all.forEach((criterion, weight) -> Situation.require(
                weight >= 0 && Double.isFinite(weight), "The weight of " + criterion.word(), weight, "0 or more"));
        Situation.require(all.values().stream().anyMatch(weight -> weight > 0), "The sum of the weights", 0, "above 0");
        Situation.require(months >= 1 && months <= MAX_MONTHS, "months", months, "from 1 to " + MAX_MONTHS);
        weights = Collections.unmodifiableMap(all);
    }
}
