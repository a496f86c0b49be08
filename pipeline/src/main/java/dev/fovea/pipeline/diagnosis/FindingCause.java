package dev.fovea.pipeline.diagnosis;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.fovea.json.Json;

/** Why a score is not higher. */
public enum FindingCause {
    /** The features tell nothing about the labels. */
    NO_BETTER_THAN_CHANCE,
    /** Annotators disagree, so that no model agrees with all of them. */
    ANNOTATORS_DISAGREE,
    /** More images would help. */
    TOO_FEW_IMAGES,
    /** More images of the same kind, with these features, do not reach the target. */
    FEATURES_LIMIT,
    /** Labels that are probably wrong. */
    WRONG_LABELS,
    /** Near duplicates with different labels. */
    CONFLICTING_DUPLICATES,
    /** Pairs of classes that look alike. */
    CLASSES_ALIKE,
    /** Some classes have far fewer images than others, and are found less often. */
    IMBALANCE,
    /** Images hold less detail than their size, or less than the network takes. */
    LOW_RESOLUTION;

    /** As it is written in JSON. */
    @JsonValue
    String word() {
        return Json.word(this);
    }
}
