package dev.fovea.training;

/**
 * Pictures that are learned from together.
 *
 * @param epoch counted from 0
 * @param pixels interleaved 8-bit pixels of all pictures, one after the other
 * @param labels one per picture
 */
record Batch(int epoch, byte[] pixels, int[] labels) {}
