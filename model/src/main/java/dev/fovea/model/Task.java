package dev.fovea.model;

/** What a model answers. */
public enum Task {
    /** One label per picture, with a confidence. */
    CLASSIFICATION
}
