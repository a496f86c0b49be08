/** Measures of an image, its perceptual hash and its thumbnail. */
@NullMarked
package dev.fovea.imaging.quality;

import org.jspecify.annotations.NullMarked;
