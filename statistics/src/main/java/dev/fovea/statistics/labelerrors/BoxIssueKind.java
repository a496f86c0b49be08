package dev.fovea.statistics.labelerrors;

import java.util.Locale;

/** What is wrong with a box. */
public enum BoxIssueKind {
    /** An object without a box. */
    OVERLOOKED,
    /** A box where there is no object. */
    SPURIOUS,
    /** A box beside its object, too large or too small. */
    MISPLACED,
    /** A box of another class than its object. */
    SWAPPED;

    /** As the API and the command line write it: {@code overlooked}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
