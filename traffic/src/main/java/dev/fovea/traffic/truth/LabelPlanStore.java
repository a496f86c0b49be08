package dev.fovea.traffic.truth;

import dev.fovea.registry.VersionId;
import java.util.List;
import java.util.Optional;

/** Port: plans of what to label. */
public interface LabelPlanStore {

    /** Stores a plan; one of the same id is replaced. */
    void save(PlannedLabels plan);

    /** The plans of a version, the newest first. */
    List<PlannedLabels> all(VersionId version);

    /** The newest plan of a version. */
    default Optional<PlannedLabels> newest(VersionId version) {
        return all(version).stream().findFirst();
    }
}
