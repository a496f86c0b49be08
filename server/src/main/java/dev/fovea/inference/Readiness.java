package dev.fovea.inference;

import dev.fovea.serving.pool.ServedModels;
import java.util.Optional;

/** Readiness on the management port, over {@code /v2} and over gRPC. Thread-safe. */
public final class Readiness {

    private final ServedModels models;
    private volatile boolean accepting = true;

    /** Ready when the models are. */
    public Readiness(ServedModels models) {
        this.models = models;
    }

    /** Unready from now on, although requests are served: the server is about to stop. */
    public void refuse() {
        accepting = false;
    }

    /** Whether the server is not about to stop. */
    public boolean isAccepting() {
        return accepting;
    }

    /** Whether the server takes requests. */
    boolean ofServer() {
        return accepting && models.isReady();
    }

    /** Whether requests for a model get responses: by {@code version}, or by the one in production. */
    boolean ofModel(String name, Optional<Integer> version) {
        return models.isReady(name, version);
    }
}
