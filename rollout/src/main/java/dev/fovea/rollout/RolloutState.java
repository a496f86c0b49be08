package dev.fovea.rollout;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.time.Instant;

/** Where a rollout is. Times within a step are measured, not compared with a clock that may jump. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RolloutState.Advancing.class, name = "running"),
    @JsonSubTypes.Type(value = RolloutState.Paused.class, name = "paused"),
    @JsonSubTypes.Type(value = RolloutState.Ending.class, name = "ending"),
    @JsonSubTypes.Type(value = RolloutState.Ended.class, name = "ended")
})
public sealed interface RolloutState {

    /**
     * The candidate has the share of a step.
     *
     * @param step index from 0
     * @param elapsed time in this step under the control of a server
     */
    record Advancing(int step, Duration elapsed) implements RolloutState {}

    /** The same without going on to the next step; a guard that is crossed still rolls back. */
    record Paused(int step, Duration elapsed, String who) implements RolloutState {}

    /** It is decided, and the registry follows. */
    record Ending(RolloutOutcome outcome) implements RolloutState {}

    /** It is over. */
    record Ended(RolloutOutcome outcome, Instant at) implements RolloutState {}

    /** Whether it still controls traffic. */
    default boolean underWay() {
        return !(this instanceof Ended);
    }
}
