package dev.fovea.datasets;

import dev.fovea.imaging.Box;

/**
 * A thing that an image truly shows.
 *
 * @param label index of its class, from 0
 * @param box where it is, in pixels of the upright image, inside it and not empty
 */
public record LabelledBox(int label, Box box) {}
