package dev.fovea.labels.wrong;

/**
 * A label as its image's embedding shows it.
 *
 * @param image id
 * @param given the class that it was labelled with
 * @param likely the most probable other class
 * @param fit probability of the given class, from models that were not fitted to the image; low is suspect
 * @param wrong probability that the label is wrong, which sums to the estimated number over the set
 * @param confident whether the image counts for the likely class in the confident joint
 */
public record SuspectLabel(String image, String given, String likely, double fit, double wrong, boolean confident) {}
