package dev.fovea.serving.routing;

import dev.fovea.registry.Fallback;
import dev.fovea.remote.RemoteModel;
import java.util.Optional;
import java.util.Set;

/**
 * A remote service that is served as {@code remote:NAME}.
 *
 * @param name its local name
 * @param labels the local labels that it can return
 * @param model its client; closed by {@link Remotes}
 * @param fallback served when it fails
 */
public record ServedRemote(String name, Set<String> labels, RemoteModel model, Optional<Fallback> fallback) {

    public ServedRemote {
        labels = Set.copyOf(labels);
    }
}
