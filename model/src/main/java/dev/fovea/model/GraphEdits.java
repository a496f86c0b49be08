package dev.fovea.model;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Small changes to a graph; each gives a new model. */
public final class GraphEdits {

    private static final TensorShapeProto.Dimension BATCH =
            TensorShapeProto.Dimension.newBuilder().setDimParam("batch").build();

    private GraphEdits() {}

    /**
     * Replaces the values of float initializers, keeping their shapes.
     *
     * @param values by initializer name; initializers that are not named stay
     */
    public static OnnxModel withValues(OnnxModel model, Map<String, float[]> values) {
        GraphProto.Builder graph = model.proto().getGraph().toBuilder();
        for (int i = 0; i < graph.getInitializerCount(); i++) {
            TensorProto old = graph.getInitializer(i);
            float[] learned = values.get(old.getName());
            if (learned != null) {
                graph.setInitializer(i, TensorValues.of(old.getName(), old.getDimsList(), learned));
            }
        }
        return OnnxModel.of(model.proto().toBuilder().setGraph(graph).build());
    }

    /**
     * Makes the first axis of every input and output symbolic. A Reshape to a constant shape that starts with the old
     * batch size is told to keep the first axis instead, which is what exporters meant by it.
     */
    public static OnnxModel withSymbolicBatch(OnnxModel model) {
        GraphProto.Builder graph = model.proto().getGraph().toBuilder();
        Set<String> initializers = new HashSet<>();
        graph.getInitializerList().forEach(i -> initializers.add(i.getName()));
        for (ValueInfoProto.Builder input : graph.getInputBuilderList()) {
            if (!initializers.contains(input.getName())) {
                symbolicFirstAxis(input);
            }
        }
        graph.getOutputBuilderList().forEach(GraphEdits::symbolicFirstAxis);
        graph.clearValueInfo();
        keepBatchInReshapes(graph);
        return OnnxModel.of(model.proto().toBuilder().setGraph(graph).build());
    }

    private static void symbolicFirstAxis(ValueInfoProto.Builder value) {
        TensorShapeProto.Builder shape =
                value.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder();
        if (shape.getDimCount() > 0) {
            shape.setDim(0, BATCH);
        }
    }

    private static void keepBatchInReshapes(GraphProto.Builder graph) {
        Set<String> shapes = new HashSet<>();
        for (NodeProto node : graph.getNodeList()) {
            if (node.getOpType().equals("Reshape") && node.getInputCount() > 1) {
                shapes.add(node.getInput(1));
            }
        }
        for (int i = 0; i < graph.getInitializerCount(); i++) {
            TensorProto tensor = graph.getInitializer(i);
            if (shapes.contains(tensor.getName())) {
                graph.setInitializer(i, keepFirst(tensor));
            }
        }
        for (NodeProto.Builder node : graph.getNodeBuilderList()) {
            if (node.getOpType().equals("Constant") && shapes.contains(node.getOutput(0))) {
                node.getAttributeBuilderList().stream().filter(a -> a.hasT()).forEach(a -> a.setT(keepFirst(a.getT())));
            }
        }
    }

    /** A batch of 1 in a shape becomes 0, which in ONNX means "as in the input". */
    private static TensorProto keepFirst(TensorProto shape) {
        long[] lengths = TensorValues.longs(shape);
        if (lengths.length < 2 || lengths[0] != 1) {
            return shape;
        }
        lengths[0] = 0;
        return TensorValues.of(shape.getName(), lengths);
    }
}
