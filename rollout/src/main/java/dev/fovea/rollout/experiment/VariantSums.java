package dev.fovea.rollout.experiment;

import dev.fovea.rollout.evidence.Moments;

/**
 * What was counted of one version.
 *
 * @param units that were exposed to it
 * @param fallbacks requests that belonged to it and went to production because it was not ready
 * @param settled values of units whose window is over, one for each unit, also 0
 * @param valued settled units whose value is not 0
 */
public record VariantSums(long units, long fallbacks, Moments settled, long valued) {

    /** Of no unit. */
    public static final VariantSums NONE = new VariantSums(0, 0, Moments.NONE, 0);

    /** Both together. */
    public VariantSums plus(VariantSums other) {
        return new VariantSums(
                units + other.units, fallbacks + other.fallbacks, settled.plus(other.settled), valued + other.valued);
    }
}
