package dev.fovea.model;

/** What the network's last layer leaves to be done. */
public enum Activation {
    /** The output holds logits; softmax makes them probabilities that add up to 1. */
    SOFTMAX,
    /** The output holds logits; the logistic function makes each a probability of its own. */
    SIGMOID,
    /** The output holds probabilities already. */
    NONE
}
