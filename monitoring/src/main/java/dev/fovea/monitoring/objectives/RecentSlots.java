package dev.fovea.monitoring.objectives;

import dev.fovea.monitoring.objectives.history.ServiceSlot;
import java.time.Instant;
import java.util.List;

/** The slots of the last days on all servers, and the moment to which windows reach. */
record RecentSlots(List<ServiceSlot> slots, Instant now) {

    /** What a counted objective's budget lost in a window. */
    BudgetUse use(Objective objective, ServiceObjectives objectives, BurnWindow window) {
        return BudgetUse.of(objective, objectives, window.counts(slots, now));
    }
}
