package dev.fovea.statistics.agreement;

/**
 * How far two values are apart, for {@link KrippendorffAlpha}: 0 for equal values, symmetric, not negative. The squared
 * difference of ranks suits ordered classes; 1 minus the overlap suits boxes and masks.
 */
@FunctionalInterface
public interface LabelDistance {

    /** 0 for equal classes and 1 for different ones. */
    LabelDistance NOMINAL = (one, other) -> one == other ? 0 : 1;

    /**
     * The distance.
     *
     * @param one class, or index of a value in the caller's list
     * @param other likewise
     */
    double between(int one, int other);
}
