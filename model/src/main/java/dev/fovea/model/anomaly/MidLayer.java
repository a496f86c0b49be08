package dev.fovea.model.anomaly;

/**
 * A place in a graph that holds a feature map, whose shape is not known yet.
 *
 * @param name of the value
 * @param stride pixels of the input that one step in the map is
 */
public record MidLayer(String name, int stride) {}
