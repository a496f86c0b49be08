package dev.fovea.runtime.decoding;

import dev.fovea.imaging.Box;
import dev.fovea.imaging.geometry.Mask;
import java.util.Optional;

/**
 * One thing that was found.
 *
 * @param label index of its class, from 0, in the order of the labels
 * @param confidence the network's score, 0 to 1
 * @param box where it is, in pixels of the image, not empty
 * @param mask which pixels of the image it covers, where the network says so
 */
public record Detection(int label, double confidence, Box box, Optional<Mask> mask) {}
