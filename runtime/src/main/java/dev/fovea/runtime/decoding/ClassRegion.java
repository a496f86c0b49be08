package dev.fovea.runtime.decoding;

import dev.fovea.imaging.geometry.Mask;

/**
 * Everything of one class in an image.
 *
 * @param label index of the class, from 0, in the order of the labels
 * @param mask which pixels of the image belong to it; not empty, and disjoint from other classes
 */
public record ClassRegion(int label, Mask mask) {}
