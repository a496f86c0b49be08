package dev.fovea.rollout.policy;

/** On which side of production a candidate is worse. */
public enum WorseSide {
    HIGHER,
    LOWER
}
