package dev.fovea.rollout;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;

/** How a rollout ends. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RolloutOutcome.Promoted.class, name = "promoted"),
    @JsonSubTypes.Type(value = RolloutOutcome.RolledBack.class, name = "rolled-back"),
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
     * Production has all traffic again.
     *
     * @param who the person that stopped it by hand; empty by evidence
     * @param guard that was crossed; empty by hand
     */
    record RolledBack(Optional<String> who, String reason, Optional<String> guard) implements RolloutOutcome {}

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

    /** {@code promoted}, {@code rolled-back} or {@code undecided}. */
    default String label() {
        return switch (this) {
            case Promoted ignored -> "promoted";
            case RolledBack ignored -> "rolled-back";
            case Undecided ignored -> "undecided";
        };
    }
}
