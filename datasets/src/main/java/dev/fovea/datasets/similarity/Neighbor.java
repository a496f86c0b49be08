package dev.fovea.datasets.similarity;

/**
 * A row near another one.
 *
 * @param row its index
 * @param similarity cosine, −1 to 1
 */
public record Neighbor(int row, double similarity) {}
