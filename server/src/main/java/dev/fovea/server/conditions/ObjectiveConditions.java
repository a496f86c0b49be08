package dev.fovea.server.conditions;

import dev.fovea.alerts.AlertKind;
import dev.fovea.alerts.Condition;
import dev.fovea.alerts.ConditionSource;
import dev.fovea.alerts.Severity;
import dev.fovea.monitoring.objectives.BurnPair;
import dev.fovea.monitoring.objectives.ObjectiveBurn;
import dev.fovea.monitoring.objectives.ObjectiveBurns;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Error budgets that burn too fast, as conditions of alerts; all servers of a home say the same. Used by one thread.
 */
public final class ObjectiveConditions implements ConditionSource {

    private final ObjectiveBurns burns;
    private final InstantSource clock;
    private final Map<String, Instant> since = new TreeMap<>();

    public ObjectiveConditions(ObjectiveBurns burns, InstantSource clock) {
        this.burns = burns;
        this.clock = clock;
    }

    @Override
    public String prefix() {
        return "objective/";
    }

    @Override
    public List<Condition> holding() {
        List<Condition> holding = new ArrayList<>();
        for (ObjectiveBurn burn : burns.now()) {
            burn.burning().ifPresent(pair -> holding.add(condition(burn, pair)));
        }
        Set<String> keys = holding.stream().map(Condition::key).collect(Collectors.toSet());
        since.keySet().retainAll(keys);
        return holding;
    }

    private Condition condition(ObjectiveBurn burn, BurnPair pair) {
        String key = prefix() + burn.model() + "/" + burn.objective().name();
        return new Condition(
                key,
                Optional.of(burn.model()),
                AlertKind.OBJECTIVE,
                pair.pages() ? Severity.CRITICAL : Severity.WARNING,
                "The error budget of %s for %s burns too fast"
                        .formatted(burn.model(), burn.objective().name()),
                "The objective is %s. In the last %s and %s its budget was used more than %s times as fast as allowed: at this rate that of 30 days is spent in %s. See it: fovea objectives show %s"
                        .formatted(
                                burn.objective().targetText(),
                                pair.longer().word(),
                                pair.shorter().word(),
                                pair.rateText(),
                                pair.spentIn(),
                                burn.model()),
                Optional.of("/#/models/%s/service-level".formatted(burn.model())),
                since.computeIfAbsent(key, absent -> clock.instant()));
    }
}
