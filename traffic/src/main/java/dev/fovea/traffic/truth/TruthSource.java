package dev.fovea.traffic.truth;

/** Where true labels come from. */
public enum TruthSource {
    /** Reported over the API or a file. */
    REPORTED,
    /** An annotator's label in a data set that has the request's image. */
    LABELLED
}
