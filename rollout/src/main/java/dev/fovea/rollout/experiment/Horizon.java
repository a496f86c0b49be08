package dev.fovea.rollout.experiment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.fovea.statistics.Require;

/** When an experiment is analysed. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Horizon.FixedUnits.class, name = "fixed"),
    @JsonSubTypes.Type(value = Horizon.Sequential.class, name = "sequential")
})
public sealed interface Horizon {

    /**
     * Once, when each version has its share of a number of units.
     *
     * @param units of all versions together
     */
    record FixedUnits(long units) implements Horizon {
        public FixedUnits {
            Require.that(
                    units >= 2, "A horizon of %d units is too small; \"fovea experiment plan\" computes one.", units);
        }
    }

    /** At all times, with intervals that are valid at all times. */
    record Sequential() implements Horizon {}
}
