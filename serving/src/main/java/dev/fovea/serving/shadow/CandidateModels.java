package dev.fovea.serving.shadow;

import dev.fovea.registry.VersionId;
import dev.fovea.runtime.BackgroundModel;

/** Opens candidates beside the versions that serve. */
public interface CandidateModels {

    /**
     * Loads a version and runs its golden tests; the caller closes it.
     *
     * @throws dev.fovea.fault.FoveaException {@code MODEL_UNKNOWN}, {@code VERSION_UNKNOWN} and the errors of
     *     {@link BackgroundModel#open}
     */
    BackgroundModel open(VersionId version);
}
