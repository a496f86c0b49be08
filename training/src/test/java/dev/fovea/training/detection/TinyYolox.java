package dev.fovea.training.detection;

import static dev.fovea.model.graph.GraphBuilder.integer;
import static dev.fovea.model.graph.GraphBuilder.ints;

import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.OnnxModel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A network of few layers whose head is written as YOLOX's exporter writes it, with three grids of four classes. */
public final class TinyYolox {

    public static final int CLASSES = 4;
    private static final int WIDTH = 16;

    private final GraphBuilder graph = new GraphBuilder("tiny-yolox");
    private final SplittableRandom random;

    private TinyYolox(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** The network for images of a size, with a fixed batch of one as exporters leave it. */
    public static OnnxModel of(int edge, long seed) {
        return new TinyYolox(seed).built(edge);
    }

    private OnnxModel built(int edge) {
        String at = graph.input("images", 1, 3, edge, edge);
        at = layer("scaled", at, 3, WIDTH, 3, 2, 0.01);
        at = layer("half", at, WIDTH, WIDTH, 3, 2, 1);
        List<String> rows = new ArrayList<>();
        int cells = 0;
        for (int stride = 8; stride <= 32; stride *= 2) {
            at = layer("stage" + stride, at, WIDTH, WIDTH, 3, 2, 1);
            String deep = layer("deep" + stride, at, WIDTH, WIDTH, 3, 1, 1);
            String boxes = linear("head.reg_preds." + stride, deep, 4);
            String objectness =
                    graph.node("Sigmoid", "obj" + stride, List.of(linear("head.obj_preds." + stride, deep, 1)));
            String classes =
                    graph.node("Sigmoid", "cls" + stride, List.of(linear("head.cls_preds." + stride, deep, CLASSES)));
            String all = graph.node("Concat", "all" + stride, List.of(boxes, objectness, classes), integer("axis", 1));
            rows.add(graph.node(
                    "Reshape", "rows" + stride, List.of(all, graph.integers("shape" + stride, 1, 5 + CLASSES, -1))));
            cells += (edge / stride) * (edge / stride);
        }
        String joined = graph.node("Concat", "joined", rows, integer("axis", 2));
        graph.node("Transpose", "output", List.of(joined), ints("perm", 0, 2, 1));
        return graph.output("output", 1, cells, 5 + CLASSES).build();
    }

    private String layer(String name, String from, int inputs, int outputs, int kernel, int stride, double scale) {
        double deviation = Math.sqrt(2.0 / (inputs * kernel * kernel)) * scale;
        String conv = graph.node(
                "Conv",
                name + ".conv",
                List.of(
                        from,
                        graph.weights(
                                name + ".weight",
                                List.of((long) outputs, (long) inputs, (long) kernel, (long) kernel),
                                drawn(outputs * inputs * kernel * kernel, deviation)),
                        graph.weights(name + ".bias", List.of((long) outputs), new float[outputs])),
                ints("kernel_shape", kernel, kernel),
                ints("strides", stride, stride),
                ints("pads", kernel / 2, kernel / 2, kernel / 2, kernel / 2));
        return graph.node("Relu", name, List.of(conv));
    }

    private String linear(String name, String from, int outputs) {
        return graph.node(
                "Conv",
                name,
                List.of(
                        from,
                        graph.weights(
                                name + ".weight",
                                List.of((long) outputs, (long) WIDTH, 1L, 1L),
                                drawn(outputs * WIDTH, 0.1)),
                        graph.weights(name + ".bias", List.of((long) outputs), drawn(outputs, 0.1))),
                ints("kernel_shape", 1, 1));
    }

    private float[] drawn(int count, double deviation) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextGaussian() * deviation);
        }
        return values;
    }
}
