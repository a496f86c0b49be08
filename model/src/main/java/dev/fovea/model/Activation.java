package dev.fovea.model;

/** What the network's last layer leaves to be done. */
public enum Activation {
    /** The output holds logits; softmax makes them probabilities. */
    SOFTMAX,
    /** The output holds probabilities already. */
    NONE
}
