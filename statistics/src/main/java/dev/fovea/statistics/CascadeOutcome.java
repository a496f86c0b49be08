package dev.fovea.statistics;

/**
 * The outcome of two models on one evaluated image.
 *
 * @param confidence of the small model in its prediction, in [0, 1]
 * @param smallRight whether the small model was right
 * @param largeRight whether the large model was right
 * @param costs of the image in each model, even if a cascade would not escalate it
 */
public record CascadeOutcome(double confidence, boolean smallRight, boolean largeRight, CascadeCosts costs) {

    public CascadeOutcome {
        Require.that(confidence >= 0 && confidence <= 1, "The confidence %s lies outside 0 to 1.", confidence);
    }

    /** The same with other costs. */
    public CascadeOutcome costing(CascadeCosts other) {
        return new CascadeOutcome(confidence, smallRight, largeRight, other);
    }
}
