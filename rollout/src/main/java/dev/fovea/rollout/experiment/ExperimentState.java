package dev.fovea.rollout.experiment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Optional;

/** Where an experiment is. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ExperimentState.Sharing.class, name = "running"),
    @JsonSubTypes.Type(value = ExperimentState.Closing.class, name = "ending"),
    @JsonSubTypes.Type(value = ExperimentState.Closed.class, name = "ended")
})
public sealed interface ExperimentState {

    /** It shares traffic out. */
    record Sharing() implements ExperimentState {}

    /** It is decided, and the registry follows. */
    record Closing(ExperimentOutcome outcome) implements ExperimentState {}

    /** It is over. */
    record Closed(ExperimentOutcome outcome, Instant at) implements ExperimentState {}

    /** How it ends, once that is decided. */
    default Optional<ExperimentOutcome> decision() {
        return switch (this) {
            case Sharing() -> Optional.empty();
            case Closing(ExperimentOutcome outcome) -> Optional.of(outcome);
            case Closed(ExperimentOutcome outcome, Instant ignored) -> Optional.of(outcome);
        };
    }
}
