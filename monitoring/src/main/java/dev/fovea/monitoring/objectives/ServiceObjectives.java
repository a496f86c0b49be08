package dev.fovea.monitoring.objectives;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.monitoring.objectives.history.ServiceUse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What was promised of a model.
 *
 * @param objectives by their indicator and class
 * @param cpuHourPrice of one processor for an hour, in the currency of the cost; empty when none is stated
 */
public record ServiceObjectives(List<Objective> objectives, Optional<Double> cpuHourPrice) {

    /** Nothing is promised. */
    public static final ServiceObjectives NONE = new ServiceObjectives(List.of(), Optional.empty());

    private static final int MAX = 100;
    private static final double MAX_PRICE = 1e6;

    /** Checks them: {@code ARGUMENT_INVALID}. */
    public ServiceObjectives {
        objectives = objectives.stream()
                .sorted(Comparator.comparing(Objective::indicator).thenComparing(Objective::name))
                .toList();
        if (objectives.size() > MAX) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "There are %d objectives; a model has %d at most.".formatted(objectives.size(), MAX));
        }
        Set<String> names = new HashSet<>();
        for (Objective objective : objectives) {
            if (!names.add(objective.name())) {
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID, "The objective \"%s\" is given twice.".formatted(objective.name()));
            }
        }
        if (cpuHourPrice.filter(price -> !(price >= 0 && price <= MAX_PRICE)).isPresent()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The price of a processor hour is %s; it must be from 0 to 1,000,000."
                            .formatted(cpuHourPrice.get()));
        }
    }

    /** The same with other objectives in place of those with the same name, and another price where one is given. */
    public ServiceObjectives with(List<Objective> changed, Optional<Double> price) {
        Set<String> names = new HashSet<>();
        changed.forEach(objective -> names.add(objective.name()));
        List<Objective> all = new ArrayList<>(without(names).objectives());
        all.addAll(changed);
        return new ServiceObjectives(all, price.or(() -> cpuHourPrice));
    }

    /** The same without some, by name. */
    public ServiceObjectives without(Set<String> names) {
        return new ServiceObjectives(
                objectives.stream()
                        .filter(objective -> !names.contains(objective.name()))
                        .toList(),
                cpuHourPrice);
    }

    /**
     * Refuses what nobody means: {@code ARGUMENT_INVALID}. Objectives that were stored earlier are read all the same.
     */
    void requireSensible() {
        objectives.forEach(Objective::requireBudget);
        Optional<Objective> p95 = of(Indicator.P95);
        Optional<Objective> p99 = of(Indicator.P99);
        if (p95.isPresent() && p99.isPresent() && p95.get().target() > p99.get().target()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The objective \"p95\" is %s and \"p99\" is %s: when 99 %% of the answers take no longer than %2$s, so do 95 %%. Give a p95 of at most %2$s, a p99 of at least %1$s, or only one of them."
                            .formatted(p95.get().targetText(), p99.get().targetText()));
        }
    }

    private Optional<Objective> of(Indicator indicator) {
        return objectives.stream()
                .filter(objective -> objective.indicator() == indicator)
                .findFirst();
    }

    /** Whether a price is stated for what was used; 0 is one. */
    boolean knowsCost(ServiceUse use) {
        return cpuHourPrice.isPresent() || use.cpuNanos() == 0;
    }

    /** The price with which costs are computed. */
    double price() {
        return cpuHourPrice.orElse(0.0);
    }
}
