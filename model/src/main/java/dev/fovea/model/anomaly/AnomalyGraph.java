package dev.fovea.model.anomaly;

import dev.fovea.model.extension.GraphExtension;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.OnnxModel;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes anomaly detectors as ONNX graphs: the backbone up to its middle layers, the features of each place, their
 * distances, the smoothed map, the score and the heat map. All is in the graph, so that it is served, batched and
 * quantized as any network is.
 */
public final class AnomalyGraph {

    /** The output {@code [N, P, D]} of {@link #features}. */
    public static final String FEATURES = "grid_features";

    /** The output {@code [N, 1]}: 0 at the threshold, positive above it. */
    public static final String SCORE = "anomaly";

    /** The output {@code [N, 1, h, w]}: 0 where a place is at the threshold. */
    public static final String HEAT_MAP = "heat_map";

    private static final String PREFIX = "anomaly::";

    private final OnnxModel backbone;
    private final FeatureGrid grid;

    /**
     * Graphs on a backbone.
     *
     * @param backbone whose only input is a batch of images
     */
    public AnomalyGraph(OnnxModel backbone, FeatureGrid grid) {
        this.backbone = GraphExtension.prepared(backbone);
        this.grid = grid;
    }

    /** The backbone whose outputs are feature maps, in their order: a run of it tells their shapes. */
    public static OnnxModel maps(OnnxModel backbone, List<MidLayer> layers) {
        GraphExtension graph = new GraphExtension(
                GraphExtension.prepared(backbone),
                PREFIX,
                layers.stream().map(MidLayer::name).toList());
        for (int i = 0; i < layers.size(); i++) {
            graph.open("map" + i, layers.get(i).name());
        }
        return graph.build();
    }

    /** The graph that a detector is learned with. */
    public OnnxModel features() {
        GraphExtension graph = extension();
        String flat = flat(graph);
        String places = graph.node("Transpose", "places", List.of(flat), GraphBuilder.ints("perm", 0, 2, 1));
        graph.output(
                "Identity",
                FEATURES,
                List.of(places),
                grid.places(),
                grid.dimensions().size());
        return graph.build();
    }

    /** The detector's own graph. */
    public OnnxModel detector(AnomalyDistance distance, AnomalyScale scale) {
        GraphExtension graph = extension();
        String flat = flat(graph);
        String distances = switch (distance) {
            case PlaceGaussians gaussians -> gaussian(graph, flat, gaussians);
            case MemoryBank bank -> nearest(graph, flat, bank);
        };
        long height = grid.grid().height();
        long width = grid.grid().width();
        String map = graph.node("Reshape", "map", List.of(distances, graph.integers("map.shape", 0, 1, height, width)));
        score(graph, map, scale);
        return graph.build();
    }

    private GraphExtension extension() {
        return new GraphExtension(
                backbone, PREFIX, grid.layers().stream().map(FeatureLayer::name).toList());
    }

    /** {@code [N, D, P]}: each layer's channels on the grid, each place averaged with its neighbours. */
    private String flat(GraphExtension graph) {
        int height = grid.grid().height();
        int width = grid.grid().width();
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < grid.layers().size(); i++) {
            FeatureLayer layer = grid.layers().get(i);
            List<Integer> channels = grid.channels(i);
            if (!channels.isEmpty()) {
                String name = "layer" + i;
                String chosen = channels.size() == layer.channels()
                        ? layer.name()
                        : graph.node(
                                "Gather",
                                name,
                                List.of(layer.name(), graph.integers(name + ".channels", longs(channels))),
                                GraphBuilder.integer("axis", 1));
                AxisMatrix rows = AxisMatrix.neighbours(height).after(AxisMatrix.bilinear(layer.height(), height));
                AxisMatrix columns = AxisMatrix.neighbours(width).after(AxisMatrix.bilinear(layer.width(), width));
                parts.add(filtered(graph, name, rows, chosen, columns));
            }
        }
        String all = parts.size() == 1
                ? parts.getFirst()
                : graph.node("Concat", "concat", parts, GraphBuilder.integer("axis", 1));
        return graph.node(
                "Reshape",
                "flat",
                List.of(all, graph.integers("flat.shape", 0, grid.dimensions().size(), grid.places())));
    }

    /**
     * The constants have no shape of learned weights {@code [in, out]}: in integers they would blur what they filter.
     */
    private static String filtered(
            GraphExtension graph, String name, AxisMatrix vertical, String map, AxisMatrix horizontal) {
        AxisMatrix right = horizontal.transposed();
        String columns = graph.node(
                "MatMul",
                name + ".columns",
                List.of(graph.weights(name + ".vertical", vertical.shape(), vertical.floats()), map));
        return graph.node(
                "MatMul",
                name + ".rows",
                List.of(
                        columns,
                        graph.weights(
                                name + ".horizontal",
                                List.of(1L, (long) right.rows(), (long) right.columns()),
                                right.floats())));
    }

    /** {@code [N, P]}. All images of a batch share a place's matrix, so that places are the batch of the MatMul. */
    private String gaussian(GraphExtension graph, String flat, PlaceGaussians gaussians) {
        long places = grid.places();
        long dimensions = grid.dimensions().size();
        String byPlace = graph.node("Transpose", "places", List.of(flat), GraphBuilder.ints("perm", 2, 0, 1));
        String centred = graph.node(
                "Sub",
                "centred",
                List.of(byPlace, graph.weights("mean", List.of(places, 1L, dimensions), gaussians.means())));
        String white = graph.node(
                "MatMul",
                "white",
                List.of(
                        centred,
                        graph.weights("whitening", List.of(places, dimensions, dimensions), gaussians.whitening())));
        String squares = graph.node("Mul", "squares", List.of(white, white));
        String sums = graph.node(
                "ReduceSum",
                "sums",
                List.of(squares, graph.integers("sums.axes", 2)),
                GraphBuilder.integer("keepdims", 0));
        String byImage = graph.node("Transpose", "images", List.of(sums), GraphBuilder.ints("perm", 1, 0));
        return graph.node("Sqrt", "distances", List.of(byImage));
    }

    /**
     * {@code [N, P, 1]}. The squared distance is |x|² - (2 x·m - |m|²), so that one MatMul compares with all patches.
     */
    private String nearest(GraphExtension graph, String flat, MemoryBank bank) {
        long dimensions = grid.dimensions().size();
        long size = bank.size();
        String byPlace = graph.node("Transpose", "places", List.of(flat), GraphBuilder.ints("perm", 0, 2, 1));
        String centred = graph.node(
                "Sub", "centred", List.of(byPlace, graph.weights("mean", List.of(dimensions), bank.means())));
        String standard = graph.node(
                "Mul", "standard", List.of(centred, graph.weights("inverse", List.of(dimensions), bank.inverses())));
        String products = graph.node(
                "MatMul",
                "products",
                List.of(standard, graph.weights("bank", List.of(1L, dimensions, size), bank.doubled())));
        String closeness = graph.node(
                "Sub", "closeness", List.of(products, graph.weights("bank.squares", List.of(size), bank.squares())));
        String closest = graph.first(
                "TopK",
                "closest",
                List.of(closeness, graph.integers("closest.count", 1)),
                GraphBuilder.integer("axis", -1));
        String squares = graph.node("Mul", "squares", List.of(standard, standard));
        String lengths = graph.node("ReduceSum", "lengths", List.of(squares, graph.integers("lengths.axes", 2)));
        String difference = graph.node("Sub", "difference", List.of(lengths, closest));
        return graph.node("Sqrt", "distances", List.of(graph.node("Relu", "positive", List.of(difference))));
    }

    private void score(GraphExtension graph, String distances, AnomalyScale scale) {
        AnomalyMap map = new AnomalyMap(grid.grid(), grid.input());
        String smooth = filtered(graph, "smooth", map.vertical(), distances, map.horizontal());
        String pixels = graph.node("Reshape", "pixels", List.of(smooth, graph.integers("pixels.shape", 0, -1)));
        String highest = graph.first(
                "TopK",
                "highest",
                List.of(pixels, graph.integers("highest.count", map.highest())),
                GraphBuilder.integer("axis", 1),
                GraphBuilder.integer("sorted", 0));
        String total = graph.node("ReduceSum", "total", List.of(highest, graph.integers("total.axes", 1)));
        String score = graph.node(
                "Mul", "score", List.of(total, scalar(graph, "score.factor", 1 / (scale.unit() * map.highest()))));
        graph.output("Sub", SCORE, List.of(score, scalar(graph, "score.offset", scale.threshold() / scale.unit())), 1);
        String heat = filtered(graph, "heat", map.heatVertical(), distances, map.heatHorizontal());
        String scaled = graph.node("Mul", "scaled", List.of(heat, scalar(graph, "heat.factor", 1 / scale.heatUnit())));
        graph.output(
                "Sub",
                HEAT_MAP,
                List.of(scaled, scalar(graph, "heat.offset", scale.threshold() / scale.heatUnit())),
                1,
                map.heat().height(),
                map.heat().width());
    }

    private static String scalar(GraphExtension graph, String name, double value) {
        return graph.weights(name, List.of(), new float[] {(float) value});
    }

    private static long[] longs(List<Integer> values) {
        return values.stream().mapToLong(Integer::longValue).toArray();
    }
}
