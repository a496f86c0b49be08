package dev.fovea.server;

import dev.fovea.pipeline.run.TrainingRuns;
import dev.fovea.pipeline.weights.BackboneFolder;

/** What trainings leave on record. */
public final class TrainingParts {

    private TrainingParts() {}

    /** The runs of an application's home. */
    public static TrainingRuns runs(Application application) {
        return new TrainingRuns(application.home().runs(), application.home().jobs());
    }

    /** Networks with learned weights on this machine. */
    static BackboneFolder backbones(Application application) {
        return new BackboneFolder(application.tools().backbones());
    }
}
