package dev.fovea.serving.pool;

import dev.fovea.fault.FoveaException;

/** The process in which a release is made: it validates versions, and follows the registry when it serves. */
public interface ReleaseHost {

    /**
     * Loads a version and runs its golden images through the whole serving path.
     *
     * @throws FoveaException {@code MODEL_UNKNOWN}, {@code VERSION_UNKNOWN}, {@code STATE_CONFLICT} for an archived
     *     version, and the errors of loading and of the golden test
     */
    void validate(String name, int version);

    /** A model has changed in the registry. */
    void changed(String name);

    /** The last version of a model was deleted. */
    void deleted();
}
