package dev.fovea.model.detector;

import dev.fovea.model.extension.GraphExtension;
import dev.fovea.model.graph.GraphBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Writes the last layers of a detector: one linear layer per kind of prediction and grid, and the output of all. */
final class GridLayers {

    /**
     * The probability that a class layer starts with: most cells show nothing, and a loss that says so at every step
     * would dominate the first ones (Lin et al. 2017, <i>Focal Loss for Dense Object Detection</i>, section 4.1).
     */
    private static final double PRIOR = 0.01;

    private static final double DEVIATION = 0.01;

    private final GraphExtension graph;
    private final SplittableRandom random;

    GridLayers(GraphExtension graph, long seed) {
        this.graph = graph;
        this.random = new SplittableRandom(seed);
    }

    /**
     * Predictions of one grid, as values of the graph.
     *
     * @param boxes {@code [N, 4, h, w]}
     * @param objectness {@code [N, 1, h, w]}, a logit
     * @param classes {@code [N, K, h, w]}, logits
     */
    record GridPredictions(String boxes, String objectness, String classes) {}

    /**
     * A linear layer over the channels of each cell.
     *
     * @param features {@code [N, channels, h, w]}
     * @param probabilities whether a sigmoid follows, so that it starts at the prior
     */
    String linear(String name, String features, int channels, int outputs, boolean probabilities) {
        float[] weights = new float[outputs * channels];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (random.nextGaussian() * DEVIATION);
        }
        float[] bias = new float[outputs];
        Arrays.fill(bias, probabilities ? (float) Math.log(PRIOR / (1 - PRIOR)) : 0);
        return graph.node(
                "Conv",
                name,
                List.of(
                        features,
                        graph.weights(name + ".weight", List.of((long) outputs, (long) channels, 1L, 1L), weights),
                        graph.weights(name + ".bias", List.of((long) outputs), bias)),
                GraphBuilder.ints("kernel_shape", 1, 1));
    }

    /** The output of all grids, in the order of their strides. */
    void output(List<GridPredictions> grids, DetectorForm form) {
        String shape = graph.integers("rows", 0, form.row(), -1);
        List<String> rows = grids.stream()
                .map(grid -> {
                    String name = "grid." + grids.indexOf(grid);
                    String all = graph.node(
                            "Concat",
                            name,
                            List.of(
                                    grid.boxes(),
                                    graph.node("Sigmoid", name + ".objectness", List.of(grid.objectness())),
                                    graph.node("Sigmoid", name + ".classes", List.of(grid.classes()))),
                            GraphBuilder.integer("axis", 1));
                    return graph.node("Reshape", name + ".rows", List.of(all, shape));
                })
                .toList();
        String joined = graph.node("Concat", "cells", rows, GraphBuilder.integer("axis", 2));
        graph.output(
                "Transpose",
                DetectorForm.OUTPUT,
                List.of(joined),
                List.of(GraphBuilder.ints("perm", 0, 2, 1)),
                form.cells(),
                form.row());
    }
}
