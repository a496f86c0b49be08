package dev.fovea.serving.shadow;

import java.util.List;
import java.util.Optional;

/** Keeps shadows with their results, for all servers. Any thread may call; changes are durable on return. */
public interface ShadowStore {

    /** All shadows, by model. */
    List<Shadow> shadows();

    /** The shadow of a model. */
    Optional<Shadow> find(String model);

    /**
     * Starts a shadow with empty results, unless the model has one.
     *
     * @return whether it was started
     */
    boolean start(Shadow shadow);

    /** Ends a shadow and removes its results; returns whether it was there. */
    boolean stop(Shadow shadow);

    /**
     * Adds results of one server, unless the shadow has ended. Of all differences the {@code limit} with the greatest
     * weight are kept.
     */
    void add(Shadow shadow, ShadowTotals totals, List<ShadowDifference> differences, int limit);

    /** The counts of all servers. */
    ShadowTotals totals(Shadow shadow);

    /** Differences with the greatest weight first. */
    List<ShadowDifference> differences(Shadow shadow, int limit, int offset);
}
