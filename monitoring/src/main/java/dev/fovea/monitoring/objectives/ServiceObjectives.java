package dev.fovea.monitoring.objectives;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
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
 * @param cpuHourPrice of one processor for an hour, in the currency of the cost; empty when only remote calls cost
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

    /** The price with which costs are computed. */
    double price() {
        return cpuHourPrice.orElse(0.0);
    }
}
