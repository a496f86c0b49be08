package dev.fovea.config;

import dev.fovea.registry.Fallback;
import dev.fovea.remote.LabelMapping;
import dev.fovea.remote.RemoteModel;
import dev.fovea.remote.RemoteSettings;
import dev.fovea.remote.guard.Budget;
import dev.fovea.remote.guard.CostStore;
import dev.fovea.remote.guard.RemoteLimits;
import dev.fovea.remote.provider.Provider;
import dev.fovea.serving.routing.ServedRemote;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A service as {@code remotes.json} has it, before its keys are looked up.
 *
 * @param name its local name
 * @param provider the service, once the keys are known; {@code CONFIGURATION_INVALID} for one that is missing
 * @param mapping their labels and ours
 * @param limits on time and load
 * @param budget what it may cost
 * @param fallback for calls to it that fail
 */
public record RemoteEntry(
        String name,
        Function<KeyRing, Provider> provider,
        LabelMapping mapping,
        RemoteLimits limits,
        Budget budget,
        Optional<Fallback> fallback) {

    /** Those of our labels that it can return. */
    public Set<String> labels() {
        return Set.copyOf(mapping.ours().values());
    }

    /** Opens it with its keys; the caller closes its model. */
    public ServedRemote open(KeyRing keys, CostStore costs) {
        return new ServedRemote(name, labels(), RemoteModel.open(settings(keys), costs, Clock.systemUTC()), fallback);
    }

    /** With its keys. */
    RemoteSettings settings(KeyRing keys) {
        return RemotesFile.named(name, () -> new RemoteSettings(name, provider.apply(keys), mapping, limits, budget));
    }
}
