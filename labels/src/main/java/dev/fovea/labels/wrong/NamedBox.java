package dev.fovea.labels.wrong;

/**
 * An object's class and box.
 *
 * @param label the class
 * @param x left edge, in pixels of the upright image
 * @param y upper edge
 */
public record NamedBox(String label, double x, double y, double width, double height) {}
