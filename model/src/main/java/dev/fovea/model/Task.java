package dev.fovea.model;

/** What a model answers. */
public enum Task {
    /** One label per picture, with a confidence. */
    CLASSIFICATION,
    /** Any number of labels per picture, each with a confidence. */
    MULTI_LABEL,
    /** A vector. */
    EMBEDDING,
    /** The network's outputs as they are. */
    TENSORS
}
