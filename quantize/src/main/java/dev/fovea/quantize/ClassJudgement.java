package dev.fovea.quantize;

/**
 * One class on held-out pictures, answered by both.
 *
 * @param label its name
 * @param pictures that show it
 * @param original how many of them the original gets right
 * @param candidate how many the other
 * @param worse whether chance does not explain that the other gets fewer right
 */
public record ClassJudgement(String label, int pictures, int original, int candidate, boolean worse) {}
