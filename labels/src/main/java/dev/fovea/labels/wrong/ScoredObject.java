package dev.fovea.labels.wrong;

/**
 * An object that a detector predicts.
 *
 * @param score confidence, 0 to 1
 */
public record ScoredObject(NamedBox box, double score) {}
