package dev.fovea.traffic.truth;

import dev.fovea.registry.VersionId;
import java.util.Optional;

/** Port: plans of what to label. */
public interface LabelPlanStore {

    /** Stores a plan; one of the same id is replaced. */
    void save(PlannedLabels plan);

    /** The newest plan of a version. */
    Optional<PlannedLabels> newest(VersionId version);
}
