package dev.fovea.model.detector;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.fovea.model.extension.GraphExtension;
import dev.fovea.model.graph.GraphIndex;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.graph.TensorValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The head of a YOLOX network as its own exporter writes it: for each grid a concatenation of boxes, objectness and
 * class scores, which come from three linear layers. Found from the graph.
 *
 * @param grids in the order of the strides 8, 16 and 32
 */
public record YoloxHead(OnnxModel model, List<YoloxGrid> grids) {

    private static final int PARTS = 3;
    private static final int BOX = 4;

    /**
     * One grid.
     *
     * @param boxes logits of the boxes
     * @param objectness its logit
     * @param features what the class layer takes
     * @param channels of those
     */
    public record YoloxGrid(String boxes, String objectness, String features, int channels) {}

    public YoloxHead {
        grids = List.copyOf(grids);
    }

    /** The head of a network; empty for one that is no such YOLOX. */
    public static Optional<YoloxHead> find(OnnxModel original) {
        OnnxModel model = GraphExtension.prepared(original);
        GraphIndex graph = new GraphIndex(model);
        List<YoloxGrid> grids = new ArrayList<>();
        for (NodeProto node : graph.nodes()) {
            if (node.getOpType().equals("Concat") && node.getInputCount() == PARTS) {
                grid(graph, node).ifPresent(grids::add);
            }
        }
        return grids.size() == DetectorForm.STRIDES.size()
                ? Optional.of(new YoloxHead(model, grids))
                : Optional.empty();
    }

    private static Optional<YoloxGrid> grid(GraphIndex graph, NodeProto node) {
        Optional<NodeProto> boxes = layer(graph, node.getInput(0), BOX);
        Optional<NodeProto> objectness = beforeSigmoid(graph, node.getInput(1)).flatMap(name -> layer(graph, name, 1));
        Optional<NodeProto> classes = beforeSigmoid(graph, node.getInput(2)).flatMap(name -> layer(graph, name, 0));
        if (boxes.isEmpty() || objectness.isEmpty() || classes.isEmpty()) {
            return Optional.empty();
        }
        NodeProto last = classes.get();
        return Optional.of(
                new YoloxGrid(boxes.get().getOutput(0), objectness.get().getOutput(0), last.getInput(0), (int)
                        TensorValues.shape(graph.floats(last.getInput(1)).orElseThrow())[1]));
    }

    private static Optional<String> beforeSigmoid(GraphIndex graph, String value) {
        return graph.producer(value)
                .filter(node -> node.getOpType().equals("Sigmoid"))
                .map(node -> node.getInput(0));
    }

    /** The linear layer with so many outputs that gives a value; any number for 0. */
    private static Optional<NodeProto> layer(GraphIndex graph, String value, int outputs) {
        return graph.producer(value).filter(node -> {
            if (!node.getOpType().equals("Conv") || GraphIndex.integer(node, "group", 1) != 1) {
                return false;
            }
            Optional<TensorProto> weights = graph.floats(node.getInput(1));
            long[] shape = weights.map(TensorValues::shape).orElse(new long[0]);
            return shape.length == BOX && shape[2] == 1 && shape[3] == 1 && (outputs == 0 || shape[0] == outputs);
        });
    }

    /**
     * The same network for other classes and another size of image: all layers stay but those of the classes, which
     * start anew.
     *
     * @param seed of the new layers
     */
    public OnnxModel with(DetectorForm form, long seed) {
        GraphExtension graph = new GraphExtension(
                model,
                "detector::",
                grids.stream()
                        .flatMap(grid -> Stream.of(grid.boxes(), grid.objectness(), grid.features()))
                        .toList());
        GridLayers layers = new GridLayers(graph, seed);
        List<GridLayers.GridPredictions> predictions = new ArrayList<>();
        for (YoloxGrid grid : grids) {
            String classes = layers.linear(
                    "classes." + predictions.size(), grid.features(), grid.channels(), form.classes(), true);
            predictions.add(new GridLayers.GridPredictions(grid.boxes(), grid.objectness(), classes));
        }
        layers.output(predictions, form);
        return GraphExtension.withInputSize(graph.build(), form.input());
    }
}
