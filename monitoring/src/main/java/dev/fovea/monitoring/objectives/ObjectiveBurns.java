package dev.fovea.monitoring.objectives;

import dev.fovea.monitoring.objectives.history.ServiceCounts;
import dev.fovea.monitoring.objectives.history.ServiceLevelStore;
import dev.fovea.monitoring.objectives.history.ServiceSlot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * How fast the error budgets of all models burn now. The history is read once a minute at most, as it changes once a
 * minute. Thread-safe.
 */
public final class ObjectiveBurns {

    private static final Duration EVERY = Duration.ofMinutes(1);

    private final ObjectiveStore objectives;
    private final ServiceLevelStore history;
    private final InstantSource clock;
    private Instant next = Instant.MIN; // guarded by this
    private List<ObjectiveBurn> last = List.of(); // guarded by this

    public ObjectiveBurns(ObjectiveStore objectives, ServiceLevelStore history, InstantSource clock) {
        this.objectives = objectives;
        this.history = history;
        this.clock = clock;
    }

    /** Those of all objectives that are counted from requests, by model. */
    public synchronized List<ObjectiveBurn> now() {
        Instant now = clock.instant();
        if (!now.isBefore(next) || next.isAfter(now.plus(EVERY))) {
            last = read(now);
            next = now.plus(EVERY);
        }
        return last;
    }

    private List<ObjectiveBurn> read(Instant now) {
        List<ObjectiveBurn> burns = new ArrayList<>();
        Instant month = now.atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .withDayOfMonth(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        // slots of an hour that reach into the longest window may begin an hour before it
        Instant windows = now.minus(BurnWindow.THREE_DAYS.length()).minus(BurnWindow.HOUR.length());
        objectives.all().forEach((model, promised) -> {
            List<Objective> counted = promised.objectives().stream()
                    .filter(objective -> objective.indicator().isCounted())
                    .toList();
            if (!counted.isEmpty()) {
                Instant from = month.isBefore(windows) ? month : windows;
                List<ServiceSlot> slots = history.slots(model, from, now.plusSeconds(1));
                ServiceCounts total = slots.stream()
                        .filter(slot -> !slot.start().isBefore(month))
                        .map(ServiceSlot::counts)
                        .reduce(ServiceCounts.NONE, ServiceCounts::plus);
                RecentSlots recent = new RecentSlots(slots, now);
                counted.forEach(objective -> burns.add(ObjectiveBurn.of(model, objective, promised, recent, total)));
            }
        });
        return List.copyOf(burns);
    }
}
