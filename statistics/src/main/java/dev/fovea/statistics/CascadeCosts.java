package dev.fovea.statistics;

/**
 * What one image costs in each model, in one unit of the caller's choice: money, milliseconds, joules.
 *
 * @param small in the small model, which looks at every image
 * @param large in the large model, which looks at those that are escalated
 */
public record CascadeCosts(double small, double large) {

    public CascadeCosts {
        Require.that(
                small >= 0 && Double.isFinite(small) && large >= 0 && Double.isFinite(large),
                "The costs %s and %s must be finite and not negative.",
                small,
                large);
    }

    /** What an escalated image costs. */
    double both() {
        return small + large;
    }
}
