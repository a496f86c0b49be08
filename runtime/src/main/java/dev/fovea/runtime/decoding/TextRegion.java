package dev.fovea.runtime.decoding;

import dev.fovea.imaging.geometry.Polygon;

/**
 * One line of text that was found.
 *
 * @param confidence mean probability of its pixels, 0 to 1
 * @param outline four corners in pixels of the image, clockwise on the screen from the one nearest the upper left
 */
public record TextRegion(double confidence, Polygon outline) {}
