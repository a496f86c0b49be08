/** Draws boxes, outlines, masks and labels on a copy of an image. */
@NullMarked
package dev.fovea.imaging.drawing;

import org.jspecify.annotations.NullMarked;
