package dev.fovea.serving.routing;

import dev.fovea.registry.Fallback;
import dev.fovea.remote.RemoteModel;
import java.util.Optional;
import java.util.Set;

/**
 * A service elsewhere that answers here as {@code remote:NAME}.
 *
 * @param name what it is called here
 * @param labels those of ours that it can give
 * @param model who asks it; closed by {@link Remotes}
 * @param fallback what is answered when it cannot be asked
 */
public record ServedRemote(String name, Set<String> labels, RemoteModel model, Optional<Fallback> fallback) {

    public ServedRemote {
        labels = Set.copyOf(labels);
    }
}
