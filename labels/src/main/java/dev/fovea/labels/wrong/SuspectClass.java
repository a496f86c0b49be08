package dev.fovea.labels.wrong;

/**
 * A decision about a class of an image that is probably wrong.
 *
 * @param image id
 * @param label the class
 * @param given whether the image is labelled with it
 * @param fit probability of that decision, from models that were not fitted to the image; low is suspect
 * @param wrong probability that the decision is wrong, which sums to the estimated number over the class
 */
public record SuspectClass(String image, String label, boolean given, double fit, double wrong) {}
