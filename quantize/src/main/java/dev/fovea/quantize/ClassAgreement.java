package dev.fovea.quantize;

/**
 * One class on test images, predicted by both networks.
 *
 * @param label its name
 * @param images number of its images
 * @param original correct predictions of the original
 * @param candidate correct predictions of the candidate
 * @param worse whether the candidate is significantly worse
 */
public record ClassAgreement(String label, int images, int original, int candidate, boolean worse) {}
