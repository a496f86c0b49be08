package dev.fovea.model.anomaly;

/**
 * A Gaussian for each place: the distance is Mahalanobis'.
 *
 * @param means {@code [P, D]}
 * @param whitening {@code [P, D, D]}: the distance of x is the length of {@code (x - mean) W}
 */
public record PlaceGaussians(float[] means, float[] whitening) implements AnomalyDistance {}
