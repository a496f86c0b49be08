package dev.fovea.model.head;

import java.util.Locale;

/** What is done to features before a linear classifier. */
public enum FeatureTransform {
    /** Nothing. */
    PLAIN,
    /**
     * The square root of each value with its sign: it spreads features of networks with ReLU, most of which are near 0.
     * Its derivative at 0 is infinite, so that no gradient goes through it.
     */
    SIGNED_ROOTS;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
