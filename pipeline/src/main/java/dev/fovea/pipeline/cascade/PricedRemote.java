package dev.fovea.pipeline.cascade;

import dev.fovea.remote.guard.Budget;
import dev.fovea.serving.routing.ServedRemote;

/**
 * A service elsewhere and what it may cost.
 *
 * @param served opened for the caller, who closes its model
 */
public record PricedRemote(ServedRemote served, Budget budget) {

    /** Opens a configured service by its name. */
    @FunctionalInterface
    public interface Source {
        PricedRemote open(String name);
    }
}
