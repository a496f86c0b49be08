package dev.fovea.statistics;

/**
 * Costs of one image in each model, in a unit of the caller's choice: money, milliseconds, joules.
 *
 * @param small in the small model, which runs on every image
 * @param large in the large model, which runs on escalated images
 */
public record CascadeCosts(double small, double large) {

    public CascadeCosts {
        Require.that(
                small >= 0 && Double.isFinite(small) && large >= 0 && Double.isFinite(large),
                "The costs %s and %s must be finite and not negative.",
                small,
                large);
    }

    /** The cost of an escalated image. */
    double both() {
        return small + large;
    }
}
