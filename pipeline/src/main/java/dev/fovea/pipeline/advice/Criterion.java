package dev.fovea.pipeline.advice;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.fovea.json.Json;

/** What ways are compared by. */
public enum Criterion {
    /** Whether it can be as accurate as is needed, with the images at hand. */
    ACCURACY,
    /** Days until it answers in production, against the deadline. */
    TIME,
    /** Money over the period, against the cheapest way. */
    COST,
    /** Who sees the images, who can change the model, and whom one depends on. */
    CONTROL,
    /** What the team must know and keep up. */
    EFFORT;

    /** As it is written in JSON. */
    @JsonValue
    public String word() {
        return Json.word(this);
    }
}
