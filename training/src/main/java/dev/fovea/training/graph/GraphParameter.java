package dev.fovea.training.graph;

import ai.djl.ndarray.NDArray;

/**
 * A tensor of a graph that gradients move.
 *
 * @param name of the initializer
 * @param array its values; owned by the graph
 * @param depth where it is: 0 in the layer next to the image, 1 in the one that gives the scores
 */
public record GraphParameter(String name, NDArray array, double depth) {}
