package dev.fovea.remote;

import dev.fovea.remote.guard.Budget;
import dev.fovea.remote.guard.RemoteLimits;
import dev.fovea.remote.provider.ConfigurationCheck;
import dev.fovea.remote.provider.Provider;

/**
 * A remote model as configured.
 *
 * @param name its local name, in messages and in its cost record; not blank
 * @param provider the service and its protocol
 * @param mapping their labels and ours
 * @param limits on time and load
 * @param budget what a call costs and what a month may cost
 */
public record RemoteSettings(String name, Provider provider, LabelMapping mapping, RemoteLimits limits, Budget budget) {

    public RemoteSettings {
        ConfigurationCheck.configured(!name.isBlank(), "name of a remote model is blank. Give it one.");
    }

    /** The model's name in messages. */
    String title() {
        return "%s (%s)".formatted(name, provider.title());
    }
}
