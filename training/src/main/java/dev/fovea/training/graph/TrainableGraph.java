package dev.fovea.training.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.graph.GraphEdits;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.graph.TensorSpec;
import dev.fovea.model.graph.TensorValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An ONNX graph whose float initializers are trainable parameters. Nodes run in topological order, each by its
 * {@link Operator}, so that the engine records gradients.
 *
 * <p>Owns its arrays; the caller closes it. Not thread-safe.
 */
public final class TrainableGraph implements AutoCloseable {

    private record Step(NodeProto node, NodeAttributes attributes, Operator operator) {}

    private final OnnxModel model;
    private final NDManager manager;
    private final Map<String, NDArray> stored = new LinkedHashMap<>();
    private final Set<String> trainable = new LinkedHashSet<>();
    private final Set<String> updatedByNormalisation = new LinkedHashSet<>();
    private final List<Step> steps = new ArrayList<>();
    private final long opset;
    private final String input;
    private final String logits;

    /**
     * Reads the graph.
     *
     * @param parent the arrays live in a child of it
     * @param channelsLast whether weights of convolutions are stored with the channels innermost, which the engine's
     *     kernels prefer; shapes stay those of ONNX
     * @throws FoveaException {@code MODEL_OPERATOR_UNSUPPORTED}, {@code MODEL_SIGNATURE_UNSUPPORTED}
     */
    public TrainableGraph(OnnxModel original, NDManager parent, boolean channelsLast) {
        this.model = GraphEdits.withSymbolicBatch(original);
        GraphProto graph = model.proto().getGraph();
        this.opset = model.opsets().getOrDefault("ai.onnx", 1L);
        this.input = onlyImageInput(model).name();
        Operators operators = new Operators();
        for (NodeProto node : graph.getNodeList()) {
            Operator operator = operators.operator(node.getDomain(), node.getOpType(), nameOf(node));
            steps.add(new Step(node, new NodeAttributes(node), operator));
            classifyInitializers(node);
        }
        this.logits = logitsOf(graph);
        this.manager = parent.newSubManager();
        Set<String> kernels = convolutionKernels(graph);
        for (TensorProto tensor : graph.getInitializerList()) {
            boolean reorder = channelsLast && kernels.contains(tensor.getName());
            stored.put(tensor.getName(), reorder ? channelsLast(tensor) : ShapeOperators.array(manager, tensor));
        }
        trainable.retainAll(learnable(graph));
        trainable.forEach(name -> array(name).setRequiresGradient(true));
    }

    private static TensorSpec onlyImageInput(OnnxModel model) {
        List<TensorSpec> inputs = model.inputs();
        if (inputs.size() != 1
                || !inputs.getFirst().type().equals("float")
                || inputs.getFirst().axes().size() != 4) {
            throw new FoveaException(
                    ErrorCode.MODEL_SIGNATURE_UNSUPPORTED,
                    "Training needs a model with one float input of four axes; this one has %s.".formatted(inputs));
        }
        return inputs.getFirst();
    }

    private static String nameOf(NodeProto node) {
        return node.getName().isEmpty() && node.getOutputCount() > 0 ? node.getOutput(0) : node.getName();
    }

    /** Which inputs of a node are learned by gradient and which by watching the batches. */
    private void classifyInitializers(NodeProto node) {
        List<String> inputs = node.getInputList();
        switch (node.getOpType()) {
            case "Conv", "Gemm" -> trainable.addAll(inputs.subList(1, inputs.size()));
            case "BatchNormalization" -> {
                trainable.addAll(inputs.subList(1, 3));
                updatedByNormalisation.addAll(inputs.subList(3, 5));
            }
            case "MatMul", "Add", "Sub", "Mul", "Div", "Sum" -> trainable.addAll(inputs);
            case "PRelu" -> trainable.add(inputs.get(1));
            default -> {
                // Everything else takes its constants (bounds, shapes, pads) as they are.
            }
        }
    }

    /** Single numbers are constants of the formula (the 127.5 of a normalisation), not weights. */
    private static Set<String> learnable(GraphProto graph) {
        Set<String> names = new LinkedHashSet<>();
        for (TensorProto tensor : graph.getInitializerList()) {
            long count = tensor.getDimsList().stream().reduce(1L, (a, b) -> a * b);
            if (TensorValues.isFloat(tensor) && count > 1) {
                names.add(tensor.getName());
            }
        }
        return names;
    }

    /** The loss needs scores before a final softmax; the exported graph keeps the softmax. */
    private static String logitsOf(GraphProto graph) {
        String output = graph.getOutput(0).getName();
        for (NodeProto node : graph.getNodeList()) {
            if (node.getOutputList().contains(output) && node.getOpType().equals("Softmax")) {
                return node.getInput(0);
            }
        }
        return output;
    }

    private static Set<String> convolutionKernels(GraphProto graph) {
        Set<String> kernels = new LinkedHashSet<>();
        for (NodeProto node : graph.getNodeList()) {
            if (node.getOpType().equals("Conv")) {
                kernels.add(node.getInput(1));
            }
        }
        return kernels;
    }

    private NDArray channelsLast(TensorProto tensor) {
        long[] s = TensorValues.shape(tensor);
        if (s.length != 4) {
            return ShapeOperators.array(manager, tensor);
        }
        float[] values = TensorValues.floats(tensor);
        float[] reordered = new float[values.length];
        int channels = (int) s[1];
        int area = (int) (s[2] * s[3]);
        for (int i = 0; i < values.length; i++) {
            int pixel = i % area;
            int channel = i / area % channels;
            int filter = i / area / channels;
            reordered[(filter * area + pixel) * channels + channel] = values[i];
        }
        return manager.create(reordered, new Shape(s[0], s[2], s[3], s[1])).transpose(0, 3, 1, 2);
    }

    /**
     * Scores before any final softmax, {@code [N, classes]}.
     *
     * @param images {@code [N, C, H, W]} (or the graph's input layout), owned by the manager of one pass; all results
     *     are attached to that manager
     * @param training whether normalisation uses and updates the batch's statistics
     */
    public NDArray forward(NDArray images, boolean training) {
        NDArray scores = values(images, training, logits);
        Shape shape = scores.getShape();
        return shape.dimension() == 2 ? scores : scores.reshape(shape.get(0), shape.size() / shape.get(0));
    }

    /** The graph's output, softmax included. */
    NDArray output(NDArray images) {
        return values(images, false, model.proto().getGraph().getOutput(0).getName());
    }

    private NDArray values(NDArray images, boolean training, String wanted) {
        NDManager pass = images.getManager();
        // Results belong to the manager of the first operand; without this, some would pile up in the parameters'.
        pass.tempAttachAll(stored.values().toArray(NDArray[]::new));
        Map<String, NDArray> values = new HashMap<>(stored);
        values.put(input, images);
        for (Step step : steps) {
            NodeProto node = step.node();
            OperatorCall call = new OperatorCall(
                    node.getOpType(), nameOf(node), step.attributes(), node.getInputList(), values, opset, training);
            values.put(node.getOutput(0), step.operator().apply(call));
            if (node.getOutput(0).equals(wanted)) {
                break;
            }
        }
        NDArray result = values.get(wanted);
        if (result == null) {
            throw new FoveaException(
                    ErrorCode.MODEL_CORRUPT,
                    "No node of the graph computes its output %s. Export the model again.".formatted(wanted));
        }
        return result;
    }

    /** The parameters that gradients move, in a fixed order. Owned by the graph. */
    public List<NDArray> parameters() {
        return trainable.stream().map(this::array).toList();
    }

    private NDArray array(String name) {
        NDArray array = stored.get(name);
        if (array == null) {
            throw new IllegalStateException("no initializer " + name);
        }
        return array;
    }

    /** A copy of everything that training changes: parameters and running statistics, by initializer name. */
    public Map<String, float[]> snapshot() {
        Map<String, float[]> values = new LinkedHashMap<>();
        trainable.forEach(name -> values.put(name, array(name).toFloatArray()));
        updatedByNormalisation.stream()
                .filter(name -> stored.containsKey(name) && array(name).getDataType() == DataType.FLOAT32)
                .forEach(name -> values.put(name, array(name).toFloatArray()));
        return values;
    }

    /** The graph with a symbolic batch axis and the weights of a snapshot. */
    public OnnxModel export(Map<String, float[]> snapshot) {
        return GraphEdits.withValues(model, snapshot);
    }

    /** Number of learned values. */
    public long parameterCount() {
        return parameters().stream()
                .mapToLong(p -> Arrays.stream(p.getShape().getShape()).reduce(1, (a, b) -> a * b))
                .sum();
    }

    @Override
    public void close() {
        manager.close();
    }
}
