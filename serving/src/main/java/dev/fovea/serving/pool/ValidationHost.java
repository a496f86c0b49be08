package dev.fovea.serving.pool;

import dev.fovea.model.Bundle;
import dev.fovea.registry.BundleStore;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.Registry;
import dev.fovea.runtime.DecodePool;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.runtime.session.Engine;
import java.util.function.Supplier;

/**
 * A process that does not serve: a version is loaded for its validation only. Running servers follow the registry by
 * themselves.
 *
 * @param engine opened with the first validation
 * @param workers decode images; taken with the first validation
 */
public record ValidationHost(
        Registry registry, BundleStore bundles, Supplier<Engine> engine, Supplier<DecodePool> workers)
        implements ReleaseHost {

    @Override
    public void validate(String name, int number) {
        ModelVersion version = registry.model(name).active(number);
        Bundle bundle = bundles.bundle(version.bundleId());
        try (LoadedModel model =
                LoadedModel.load(engine.get(), bundle, RuntimeSettings.forThisMachine(), workers.get(), () -> {})) {
            model.check();
        }
    }

    @Override
    public void changed(String name) {
        // nothing is served here
    }

    @Override
    public void deleted() {
        // nothing is served here
    }
}
