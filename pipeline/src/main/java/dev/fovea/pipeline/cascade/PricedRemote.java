package dev.fovea.pipeline.cascade;

import dev.fovea.remote.guard.Budget;
import dev.fovea.serving.routing.RemoteInference;
import dev.fovea.serving.routing.Remotes;

/**
 * A remote model and its price.
 *
 * @param inference sends images to it
 * @param remotes opened for the caller, who closes them
 */
public record PricedRemote(String name, RemoteInference inference, Budget budget, Remotes remotes) {

    /** Opens a configured service by its name. */
    @FunctionalInterface
    public interface RemoteSource {
        PricedRemote open(String name);
    }
}
