package dev.fovea.model.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.fovea.imaging.Size;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/** Small changes to a graph; each gives a new model. */
public final class GraphEdits {

    private static final TensorShapeProto.Dimension BATCH =
            TensorShapeProto.Dimension.newBuilder().setDimParam("batch").build();

    /** From this version of the format on, initializers need not be among the inputs. */
    private static final long IR_WITH_FIXED_INITIALIZERS = 4;

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
     * batch size keeps the first axis instead, which is what exporters meant by it, except where weights are reshaped.
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

    /**
     * The same network for images of another size. What inside it depends on the size, such as position embeddings,
     * stays, and then the network cannot be run.
     *
     * @param heightAxis of the only input with four axes; the width is the next one
     */
    public static OnnxModel withImageSize(OnnxModel model, Size size, int heightAxis) {
        GraphProto.Builder graph = model.proto().getGraph().toBuilder();
        Set<String> initializers = new HashSet<>();
        graph.getInitializerList().forEach(i -> initializers.add(i.getName()));
        for (ValueInfoProto.Builder input : graph.getInputBuilderList()) {
            TensorShapeProto.Builder shape =
                    input.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder();
            if (!initializers.contains(input.getName()) && shape.getDimCount() == 4) {
                shape.setDim(heightAxis, TensorShapeProto.Dimension.newBuilder().setDimValue(size.height()));
                shape.setDim(
                        heightAxis + 1, TensorShapeProto.Dimension.newBuilder().setDimValue(size.width()));
            }
        }
        graph.clearValueInfo();
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
        Set<String> weights = new HashSet<>();
        graph.getInitializerList().forEach(tensor -> weights.add(tensor.getName()));
        Set<String> shapes = new HashSet<>();
        Set<String> shapesOfWeights = new HashSet<>();
        for (NodeProto node : graph.getNodeList()) {
            if (node.getOpType().equals("Constant")) {
                weights.addAll(node.getOutputList());
            } else if (node.getOpType().equals("Reshape") && node.getInputCount() > 1) {
                (weights.contains(node.getInput(0)) ? shapesOfWeights : shapes).add(node.getInput(1));
            }
        }
        shapes.removeAll(shapesOfWeights);
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

    /**
     * Initializers are no longer listed among the inputs, as files before 2018 do: a value that a caller might give
     * instead cannot be folded into anything.
     */
    public static OnnxModel withFixedInitializers(OnnxModel model) {
        GraphProto.Builder graph = model.proto().getGraph().toBuilder();
        Set<String> initializers = new HashSet<>();
        graph.getInitializerList().forEach(i -> initializers.add(i.getName()));
        List<ValueInfoProto> inputs = graph.getInputList().stream()
                .filter(input -> !initializers.contains(input.getName()))
                .toList();
        return OnnxModel.of(model.proto().toBuilder()
                .setGraph(graph.clearInput().addAllInput(inputs))
                .setIrVersion(Math.max(IR_WITH_FIXED_INITIALIZERS, model.proto().getIrVersion()))
                .build());
    }

    /** Operators that give one carried tensor become that tensor. */
    public static OnnxModel withoutConstants(OnnxModel model) {
        GraphProto.Builder graph = model.proto().getGraph().toBuilder().clearNode();
        for (NodeProto node : model.proto().getGraph().getNodeList()) {
            Optional<TensorProto> tensor = node.getOpType().equals("Constant")
                    ? GraphIndex.attribute(node, "value").map(AttributeProto::getT)
                    : Optional.empty();
            tensor.ifPresentOrElse(
                    value -> graph.addInitializer(
                            value.toBuilder().setName(node.getOutput(0)).build()),
                    () -> graph.addNode(node));
        }
        return OnnxModel.of(model.proto().toBuilder().setGraph(graph).build());
    }

    /** A mean over height and width is a GlobalAveragePool, for which there are more kernels. */
    public static OnnxModel withPooling(OnnxModel model) {
        GraphIndex index = new GraphIndex(model);
        GraphProto.Builder graph = model.proto().getGraph().toBuilder();
        for (NodeProto.Builder node : graph.getNodeBuilderList()) {
            if (isPooling(node.build(), index)) {
                String input = node.getInput(0);
                node.setOpType("GlobalAveragePool")
                        .clearAttribute()
                        .clearInput()
                        .addInput(input);
            }
        }
        return OnnxModel.of(model.proto().toBuilder().setGraph(graph).build());
    }

    private static boolean isPooling(NodeProto node, GraphIndex index) {
        if (!node.getOpType().equals("ReduceMean") || GraphIndex.integer(node, "keepdims", 1) != 1) {
            return false;
        }
        // an attribute until operator set 17, an input from 18 on
        List<Long> axes = GraphIndex.input(node, 1)
                .flatMap(index::initializer)
                .map(tensor -> LongStream.of(TensorValues.longs(tensor)).boxed().toList())
                .or(() -> GraphIndex.attribute(node, "axes").map(AttributeProto::getIntsList))
                .orElse(List.of());
        return axes.equals(List.of(2L, 3L)) || axes.equals(List.of(-2L, -1L));
    }

    /** Every operator has a name that no other has: its own, else that of what it gives, with a number where needed. */
    public static OnnxModel withUniqueNames(OnnxModel model) {
        GraphProto.Builder graph = model.proto().getGraph().toBuilder();
        Set<String> names = new HashSet<>();
        for (NodeProto.Builder node : graph.getNodeBuilderList()) {
            String wanted = node.getName().isEmpty() ? node.getOutput(0) : node.getName();
            String name = wanted;
            for (int i = 2; !names.add(name); i++) {
                name = wanted + "#" + i;
            }
            node.setName(name);
        }
        return OnnxModel.of(model.proto().toBuilder().setGraph(graph).build());
    }

    /** Operator sets that no operator is of are no longer imported; a runtime need not know them. */
    public static OnnxModel withOwnDomains(OnnxModel model) {
        Set<String> used = new HashSet<>(Set.of("", "ai.onnx"));
        model.proto().getGraph().getNodeList().forEach(node -> used.add(node.getDomain()));
        ModelProto.Builder proto = model.proto().toBuilder().clearOpsetImport();
        model.proto().getOpsetImportList().stream()
                .filter(set -> used.contains(set.getDomain()))
                .forEach(proto::addOpsetImport);
        return OnnxModel.of(proto.build());
    }

    /** The value is the only output, of no type yet; operators that it does not need are gone. */
    public static OnnxModel withOnlyOutput(OnnxModel model, String value) {
        GraphProto.Builder graph = model.proto().getGraph().toBuilder();
        graph.clearOutput().addOutput(ValueInfoProto.newBuilder().setName(value));
        // an inner graph takes values of the outer one without naming them as inputs
        boolean nested = graph.getNodeList().stream()
                .flatMap(node -> node.getAttributeList().stream())
                .anyMatch(attribute -> attribute.hasG() || attribute.getGraphsCount() > 0);
        if (!nested) {
            Set<String> sources = new GraphIndex(model).sources(value);
            List<NodeProto> needed = model.proto().getGraph().getNodeList().stream()
                    .filter(node -> node.getOutputList().stream()
                            .anyMatch(output -> output.equals(value) || sources.contains(output)))
                    .toList();
            graph.clearNode().addAllNode(needed);
        }
        return OnnxModel.of(model.proto().toBuilder().setGraph(graph).build());
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
