package dev.fovea.bench;

import dev.fovea.registry.Registry;
import dev.fovea.runtime.DecodePool;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.runtime.session.Engine;
import dev.fovea.storage.Home;
import java.nio.file.Path;
import java.time.Clock;

/** The pipeline that a server serves, without the server. */
public final class InProcess {

    private InProcess() {}

    /** Version 1 of a model from a home; the caller closes it. */
    public static LoadedModel load(Path directory, String model, DecodePool workers) {
        try (Home home = Home.open(directory, "bench")) {
            String bundle = new Registry(home.models(), Clock.systemUTC())
                    .version(model, 1)
                    .bundleId();
            return LoadedModel.load(
                    Engine.open(), home.bundles().bundle(bundle), RuntimeSettings.forThisMachine(), workers, () -> {});
        }
    }
}
