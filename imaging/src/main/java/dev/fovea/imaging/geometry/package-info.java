/** Boxes' companions: polygons, masks with COCO run lengths, outlines, rotated rectangles. */
@NullMarked
package dev.fovea.imaging.geometry;

import org.jspecify.annotations.NullMarked;
