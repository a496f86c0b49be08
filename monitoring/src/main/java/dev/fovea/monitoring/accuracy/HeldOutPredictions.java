package dev.fovea.monitoring.accuracy;

import dev.fovea.registry.ModelVersion;
import java.util.List;

/** Port: the held-out images of versions. */
public interface HeldOutPredictions {

    /** Those of a version; none where it was not evaluated. */
    List<HeldOutPrediction> of(ModelVersion version);
}
