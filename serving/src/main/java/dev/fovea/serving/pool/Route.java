package dev.fovea.serving.pool;

import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Rollout;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Where a model's traffic goes in this process.
 *
 * @param model as the registry had it when the route was made
 * @param production the version that serves, which lags the registry's while that one cannot be loaded; empty before
 *     the first
 */
record Route(RegisteredModel model, OptionalInt production) {

    /** The versions that stay loaded: production, the one to return to, the canary, and those of an experiment. */
    Set<Integer> needed() {
        return needed(model);
    }

    /** The same of a model that has no route yet. */
    static Set<Integer> needed(RegisteredModel model) {
        Set<Integer> numbers = new HashSet<>();
        int promotions = model.promotions().size();
        model.promotions().subList(Math.max(0, promotions - 2), promotions).forEach(p -> numbers.add(p.version()));
        switch (model.rollout()) {
            case Rollout.None() -> {}
            case Rollout.CanaryTraffic(int version, double ignored) -> numbers.add(version);
            case Rollout.SplitTraffic split -> numbers.addAll(split.percents().keySet());
        }
        return numbers;
    }
}
