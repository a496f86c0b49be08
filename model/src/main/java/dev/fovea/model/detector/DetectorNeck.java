package dev.fovea.model.detector;

import static dev.fovea.model.graph.GraphBuilder.integer;
import static dev.fovea.model.graph.GraphBuilder.ints;
import static dev.fovea.model.graph.GraphBuilder.text;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.fovea.imaging.Size;
import dev.fovea.model.anomaly.FeatureLayer;
import dev.fovea.model.extension.GraphExtension;
import dev.fovea.model.graph.OnnxModel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A detector on the feature maps of any backbone: a path from the coarsest grid to the finest and one back (PAN; Liu et
 * al. 2018, <i>Path Aggregation Network</i>), and for each grid two branches, for classes and for boxes (Ge et al.
 * 2021, <i>YOLOX</i>). Blocks are depthwise and pointwise convolutions without normalisation, since batches of large
 * images are small, and have rectified linear units, which INT8 suits.
 *
 * @param backbone whose only input is a batch of images
 * @param maps of a stride each, from 8 on; coarser ones that it lacks are made
 */
public record DetectorNeck(OnnxModel backbone, List<FeatureLayer> maps) {

    private static final String PREFIX = "detector::";
    private static final int WIDTH = 96;
    private static final int KERNEL = 5;
    private static final int BLOCKS = 2;

    public DetectorNeck {
        maps = List.copyOf(maps);
    }

    /**
     * The detector.
     *
     * @param seed of the new weights
     */
    public OnnxModel with(DetectorForm form, long seed) {
        GraphExtension graph = new GraphExtension(
                GraphExtension.prepared(backbone),
                PREFIX,
                maps.stream().map(FeatureLayer::name).toList());
        new Layers(graph, new SplittableRandom(seed), new GridLayers(graph, seed)).write(maps, form);
        return GraphExtension.withInputSize(graph.build(), form.input());
    }

    /** The layers of one graph. */
    private record Layers(GraphExtension graph, SplittableRandom random, GridLayers last) {

        void write(List<FeatureLayer> maps, DetectorForm form) {
            int grids = form.strides().size();
            List<String> lateral = new ArrayList<>();
            for (int i = 0; i < grids; i++) {
                lateral.add(
                        i < maps.size()
                                ? onGrid(
                                        "lateral." + i,
                                        maps.get(i),
                                        form.input(),
                                        form.strides().get(i))
                                : block("coarser." + i, lateral.getLast(), 2));
            }
            List<String> down = new ArrayList<>(lateral);
            for (int i = grids - 2; i >= 0; i--) {
                String finer = resized("up." + i, down.get(i + 1));
                down.set(i, block("down." + i, graph.node("Add", "down.sum." + i, List.of(lateral.get(i), finer)), 1));
            }
            List<String> up = new ArrayList<>(down);
            for (int i = 1; i < grids; i++) {
                String coarser = block("back." + i, up.get(i - 1), 2);
                up.set(i, block("out." + i, graph.node("Add", "back.sum." + i, List.of(down.get(i), coarser)), 1));
            }
            List<GridLayers.GridPredictions> predictions = new ArrayList<>();
            for (int i = 0; i < grids; i++) {
                String classes = up.get(i);
                String boxes = up.get(i);
                for (int b = 0; b < BLOCKS; b++) {
                    classes = block("classes.%d.%d".formatted(i, b), classes, 1);
                    boxes = block("boxes.%d.%d".formatted(i, b), boxes, 1);
                }
                predictions.add(new GridLayers.GridPredictions(
                        last.linear("box." + i, boxes, WIDTH, 4, false),
                        last.linear("objectness." + i, boxes, WIDTH, 1, true),
                        last.linear("class." + i, classes, WIDTH, form.classes(), true)));
            }
            last.output(predictions, form);
        }

        /** A map with the width of the neck, on the grid of its stride: some backbones lose a row at the border. */
        private String onGrid(String name, FeatureLayer map, Size input, int stride) {
            String narrow = convolution(name, map.name(), map.channels(), WIDTH, 1, 1, 1);
            int height = input.height() / stride;
            int width = input.width() / stride;
            if (map.height() == height && map.width() == width) {
                return narrow;
            }
            int below = height - map.height();
            int right = width - map.width();
            return graph.node(
                    "Pad",
                    name + ".grid",
                    List.of(narrow, graph.integers(name + ".pads", 0, 0, 0, 0, 0, 0, below, right)));
        }

        private String resized(String name, String map) {
            return graph.node(
                    "Resize",
                    name,
                    List.of(map, "", graph.weights(name + ".scales", List.of(4L), new float[] {1, 1, 2, 2})),
                    text("mode", "nearest"),
                    text("coordinate_transformation_mode", "asymmetric"),
                    text("nearest_mode", "floor"));
        }

        /** A depthwise and a pointwise convolution. */
        private String block(String name, String from, int stride) {
            String deep = convolution(name + ".depth", from, WIDTH, WIDTH, KERNEL, stride, WIDTH);
            String point = convolution(name + ".point", deep, WIDTH, WIDTH, 1, 1, 1);
            return graph.node("Relu", name, List.of(point));
        }

        private String convolution(
                String name, String from, int inputs, int outputs, int kernel, int stride, int groups) {
            int perGroup = inputs / groups;
            int count = outputs * perGroup * kernel * kernel;
            // He et al. 2015; a depthwise one has no rectifier behind it
            double gain = groups == 1 ? 2 : 1;
            double deviation = Math.sqrt(gain / (perGroup * (double) kernel * kernel));
            float[] weights = new float[count];
            for (int i = 0; i < count; i++) {
                weights[i] = (float) (random.nextGaussian() * deviation);
            }
            AttributeProto[] attributes = {
                ints("kernel_shape", kernel, kernel),
                ints("strides", stride, stride),
                ints("pads", kernel / 2, kernel / 2, kernel / 2, kernel / 2),
                integer("group", groups)
            };
            return graph.node(
                    "Conv",
                    name + ".conv",
                    List.of(
                            from,
                            graph.weights(
                                    name + ".weight",
                                    List.of((long) outputs, (long) perGroup, (long) kernel, (long) kernel),
                                    weights),
                            graph.weights(name + ".bias", List.of((long) outputs), new float[outputs])),
                    attributes);
        }
    }
}
