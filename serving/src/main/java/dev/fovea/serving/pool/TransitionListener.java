package dev.fovea.serving.pool;

import dev.fovea.registry.VersionId;

/** Hears every step of a loaded version's life. */
@FunctionalInterface
public interface TransitionListener {

    /** After a transition. */
    void moved(VersionId version, LoadedVersionState from, LoadedVersionState to);
}
