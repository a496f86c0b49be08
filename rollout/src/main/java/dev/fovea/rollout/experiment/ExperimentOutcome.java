package dev.fovea.rollout.experiment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** How an experiment ends. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ExperimentOutcome.Better.class, name = "better"),
    @JsonSubTypes.Type(value = ExperimentOutcome.NoDifference.class, name = "no-difference"),
    @JsonSubTypes.Type(value = ExperimentOutcome.LeftUndecided.class, name = "undecided"),
    @JsonSubTypes.Type(value = ExperimentOutcome.Stopped.class, name = "stopped")
})
public sealed interface ExperimentOutcome {

    /**
     * A version is better: a variant than the control, and no other one is better than it by the effect of interest; or
     * the control than all variants.
     */
    record Better(int version, String reason) implements ExperimentOutcome {}

    /** No variant is better than the control by the effect of interest. */
    record NoDifference(String reason) implements ExperimentOutcome {}

    /** Neither was shown, or the comparison is not valid. */
    record LeftUndecided(String reason) implements ExperimentOutcome {}

    /** A person ended it. */
    record Stopped(String who, String reason) implements ExperimentOutcome {}

    /** Why, as a sentence. */
    String reason();

    /** {@code better}, {@code no-difference}, {@code undecided} or {@code stopped}. */
    default String label() {
        return switch (this) {
            case Better ignored -> "better";
            case NoDifference ignored -> "no-difference";
            case LeftUndecided ignored -> "undecided";
            case Stopped ignored -> "stopped";
        };
    }
}
