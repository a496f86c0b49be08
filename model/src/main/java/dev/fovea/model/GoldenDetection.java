package dev.fovea.model;

import dev.fovea.imaging.Box;

/**
 * An object that a detector must find in a golden image.
 *
 * @param label index of its class, from 0
 * @param score 0 to 1
 * @param box in pixels of the image
 */
public record GoldenDetection(int label, double score, Box box) {}
