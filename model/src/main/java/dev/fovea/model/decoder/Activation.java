package dev.fovea.model.decoder;

/** What an output holds, and so what is left to be done to it. */
public enum Activation {
    /** The output holds logits; softmax makes them probabilities that add up to 1. */
    SOFTMAX,
    /** The output holds logits; the logistic function makes each a probability of its own. */
    SIGMOID,
    /** The output holds probabilities already. */
    NONE,
    /** The output holds the index of the label, from 0, as {@code ArgMax} gives it; there is no probability. */
    ARGMAX
}
