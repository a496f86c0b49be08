package dev.fovea.model;

/** What the operator that makes an output says about its numbers. */
public enum OutputKind {
    /** Probabilities that add up to 1 along one axis. */
    SOFTMAX,
    /** Logarithms of such probabilities. */
    LOG_SOFTMAX,
    /** Probabilities, each for itself. */
    SIGMOID,
    /** Indices of labels. */
    ARGMAX,
    /** Unbounded numbers: what a layer with weights gives. */
    LINEAR,
    /** The graph does not say. */
    OTHER
}
