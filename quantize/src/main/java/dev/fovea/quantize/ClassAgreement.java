package dev.fovea.quantize;

/**
 * One class on held-out images, answered by both.
 *
 * @param label its name
 * @param images that show it
 * @param original how many of them the original gets right
 * @param candidate how many the other
 * @param worse whether chance does not explain that the other gets fewer right
 */
public record ClassAgreement(String label, int images, int original, int candidate, boolean worse) {}
