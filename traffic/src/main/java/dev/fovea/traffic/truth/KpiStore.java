package dev.fovea.traffic.truth;

import dev.fovea.registry.VersionId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Port: business figures. */
public interface KpiStore {

    /** A figure that was joined to a version. */
    record JoinedKpi(Kpi kpi, VersionId version) {}

    /**
     * Adds figures; one with the same request or key, name and time as another is the same one said again.
     *
     * @return how many were new
     */
    int add(String model, Collection<Kpi> kpis);

    /** The newest figures that are not joined, at most {@code limit}. */
    List<Kpi> waiting(String model, int limit);

    /** Joins figures. */
    void join(String model, Collection<JoinedKpi> joined);

    /** The joined figures of a model from a time to before another. */
    List<JoinedKpi> joined(String model, Instant from, Instant to);

    /** How many wait. */
    long countWaiting(String model);
}
