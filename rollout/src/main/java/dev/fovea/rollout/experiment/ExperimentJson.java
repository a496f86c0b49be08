package dev.fovea.rollout.experiment;

import dev.fovea.fault.ErrorCode;
import dev.fovea.json.Json;

/** Experiments as JSON. */
public final class ExperimentJson {

    private static final Json EXPERIMENT = Json.of("experiment", ErrorCode.STORAGE_FAILED);

    private ExperimentJson() {}

    public static String write(Experiment experiment) {
        return EXPERIMENT.write(experiment);
    }

    /** What {@link #write} wrote; {@code STORAGE_FAILED} for anything else. */
    public static Experiment read(String text) {
        return EXPERIMENT.read(text, Experiment.class);
    }
}
