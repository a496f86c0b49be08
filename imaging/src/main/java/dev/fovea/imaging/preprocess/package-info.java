/** Decoded images to network input: resize, crop, normalize, augment; and the way back for coordinates. */
@NullMarked
package dev.fovea.imaging.preprocess;

import org.jspecify.annotations.NullMarked;
