package dev.fovea.statistics;

/**
 * What one answer of each model costs, in one unit of the caller's choice: money, milliseconds, joules.
 *
 * @param small of the small model, which looks at every picture
 * @param large of the large model, which looks at those that are passed on
 */
public record CascadeCosts(double small, double large) {

    public CascadeCosts {
        Require.that(
                small >= 0 && Double.isFinite(small) && large >= 0 && Double.isFinite(large),
                "The costs %s and %s must be finite and not negative.",
                small,
                large);
    }

    /** The expected cost of 1,000 pictures when this share of them, in [0, 1], is passed on. */
    public double perThousand(double share) {
        return 1000 * (small + share * large);
    }
}
