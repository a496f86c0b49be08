package dev.fovea.traffic.reference;

import dev.fovea.traffic.PredictedOutput;

/** The kind of an output, stored by name. */
enum OutputKind {
    TOP_LABELS,
    MANY_LABELS,
    TASK_LABELS,
    FOUND_OBJECTS,
    REGIONS,
    UNLABELLED;

    static OutputKind of(PredictedOutput output) {
        return switch (output) {
            case PredictedOutput.TopLabels ignored -> TOP_LABELS;
            case PredictedOutput.ManyLabels ignored -> MANY_LABELS;
            case PredictedOutput.TaskLabels ignored -> TASK_LABELS;
            case PredictedOutput.FoundObjects ignored -> FOUND_OBJECTS;
            case PredictedOutput.Regions ignored -> REGIONS;
            case PredictedOutput.Unlabelled ignored -> UNLABELLED;
        };
    }
}
