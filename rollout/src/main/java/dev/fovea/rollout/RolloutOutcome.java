package dev.fovea.rollout;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;

/** How a rollout ends. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RolloutOutcome.Promoted.class, name = "promoted"),
    @JsonSubTypes.Type(value = RolloutOutcome.RolledBack.class, name = "rolled-back"),
    @JsonSubTypes.Type(value = RolloutOutcome.RolloutStopped.class, name = "stopped"),
    @JsonSubTypes.Type(value = RolloutOutcome.Undecided.class, name = "undecided")
})
public sealed interface RolloutOutcome {

    /**
     * The candidate is in production.
     *
     * @param who the person that promoted it by hand; empty by evidence
     */
    record Promoted(Optional<String> who, String reason) implements RolloutOutcome {}

    /**
     * Production has all traffic again, by evidence.
     *
     * @param guard that was crossed; empty where a person had stopped it before there was {@link RolloutStopped}
     */
    @JsonIgnoreProperties("who") // of documents of that time
    record RolledBack(String reason, Optional<String> guard) implements RolloutOutcome {}

    /**
     * A person gave production all traffic again. It says nothing about the candidate.
     *
     * @param who the person
     */
    record RolloutStopped(String who, String reason) implements RolloutOutcome {}

    /**
     * Neither was shown. Production has all traffic again, unless a person has changed it meanwhile.
     *
     * @param needed what it would have taken
     */
    record Undecided(String reason, List<GuardNeed> needed) implements RolloutOutcome {
        public Undecided {
            needed = List.copyOf(needed);
        }
    }

    /** Why, as a sentence. */
    String reason();

    /** {@code promoted}, {@code rolled-back}, {@code stopped} or {@code undecided}. */
    default String label() {
        return switch (this) {
            case Promoted ignored -> "promoted";
            case RolledBack ignored -> "rolled-back";
            case RolloutStopped ignored -> "stopped";
            case Undecided ignored -> "undecided";
        };
    }
}
