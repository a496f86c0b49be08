package dev.fovea.server;

import dev.fovea.config.KeyRing;
import dev.fovea.config.RemoteEntry;
import dev.fovea.config.RemotesFile;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.pipeline.cascade.PricedRemote;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.serving.routing.RemoteInference;
import dev.fovea.serving.routing.Remotes;
import dev.fovea.storage.Home;
import java.util.List;

/** Remote services of a home. */
final class RemoteParts {

    private RemoteParts() {}

    /** A configured service; its calls go on its own record. */
    static PricedRemote remote(Home home, String name) {
        RemoteEntry entry = RemotesFile.read(home.root()).stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        Remotes remotes = new Remotes(List.of(entry.open(new KeyRing(System.getenv()), home.costs())));
        ImageLimits limits = RuntimeSettings.forThisMachine().limits();
        return new PricedRemote(name, new RemoteInference(remotes, new Decoder(limits)), entry.budget(), remotes);
    }
}
