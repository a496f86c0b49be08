package dev.fovea.statistics.labelerrors;

/** What is wrong with a box. */
public enum BoxIssueKind {
    /** An object without a box. */
    OVERLOOKED,
    /** A box where there is no object. */
    SPURIOUS,
    /** A box beside its object, too large or too small. */
    MISPLACED,
    /** A box of another class than its object. */
    SWAPPED
}
