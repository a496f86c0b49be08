package dev.fovea.server;

import dev.fovea.config.KeyRing;
import dev.fovea.config.RemoteEntry;
import dev.fovea.config.RemotesFile;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.pipeline.cascade.PricedRemote;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.serving.routing.RemoteInference;
import dev.fovea.serving.routing.Remotes;
import dev.fovea.storage.Home;
import java.util.List;

/** Remote services of a home. */
public final class RemoteParts {

    private RemoteParts() {}

    /**
     * A configured service; its calls go on its own record.
     *
     * @throws FoveaException {@code MODEL_UNKNOWN} for a name that {@code remotes.json} has not
     */
    public static PricedRemote remote(Home home, String name) {
        List<RemoteEntry> entries = RemotesFile.read(home.root());
        RemoteEntry entry = entries.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.MODEL_UNKNOWN,
                        "remotes.json has no service \"%s\"; it has %s."
                                .formatted(
                                        name,
                                        entries.isEmpty()
                                                ? "none"
                                                : String.join(
                                                        ", ",
                                                        entries.stream()
                                                                .map(RemoteEntry::name)
                                                                .toList()))));
        Remotes remotes = new Remotes(List.of(entry.open(new KeyRing(System.getenv()), home.costs())));
        ImageLimits limits = RuntimeSettings.forThisMachine().limits();
        return new PricedRemote(name, new RemoteInference(remotes, new Decoder(limits)), entry.budget(), remotes);
    }
}
