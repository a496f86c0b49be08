package dev.fovea.statistics;

/**
 * How two models did on one picture of an evaluation.
 *
 * @param confidence of the small model in its answer, in [0, 1]
 * @param smallRight whether the small model was right
 * @param largeRight whether the large model was right
 */
public record CascadeOutcome(double confidence, boolean smallRight, boolean largeRight) {

    public CascadeOutcome {
        Require.that(confidence >= 0 && confidence <= 1, "The confidence %s lies outside 0 to 1.", confidence);
    }
}
