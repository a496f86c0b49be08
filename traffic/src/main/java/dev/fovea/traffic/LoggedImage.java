package dev.fovea.traffic;

import dev.fovea.imaging.ImageHeader;
import dev.fovea.runtime.ImageObservation;

/**
 * What is known of a request's image.
 *
 * @param header size and format
 * @param observed measures and embedding, where the version that predicted gives them
 */
public record LoggedImage(ImageHeader header, ImageObservation observed) {}
