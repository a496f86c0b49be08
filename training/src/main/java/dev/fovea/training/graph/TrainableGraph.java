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
import dev.fovea.training.kernel.TorchKernels;
import dev.fovea.training.operator.ConstantOperators;
import dev.fovea.training.operator.GraphMode;
import dev.fovea.training.operator.NodeAttributes;
import dev.fovea.training.operator.Operator;
import dev.fovea.training.operator.OperatorCall;
import dev.fovea.training.operator.OperatorSupport;
import dev.fovea.training.operator.Operators;
import java.util.ArrayList;
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
    private final TorchKernels kernels;
    private final Map<String, NDArray> stored = new LinkedHashMap<>();
    private final List<GraphParameter> parameters = new ArrayList<>();
    private final List<String> statistics = new ArrayList<>();
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
        OperatorSupport.require(original);
        this.model = TrainableForm.prepared(original);
        GraphProto graph = model.proto().getGraph();
        this.opset = model.opsets().getOrDefault("ai.onnx", 1L);
        this.input = onlyImageInput(model).name();
        Operators operators = new Operators();
        for (NodeProto node : graph.getNodeList()) {
            steps.add(new Step(
                    node, new NodeAttributes(node), operators.find(node).orElseThrow()));
        }
        this.logits = logitsOf(graph);
        this.manager = parent.newSubManager();
        this.kernels = new TorchKernels(manager);
        Set<String> kernels = convolutionKernels(graph);
        for (TensorProto tensor : graph.getInitializerList()) {
            boolean reorder = channelsLast && kernels.contains(tensor.getName());
            stored.put(tensor.getName(), reorder ? channelsLast(tensor) : ConstantOperators.array(manager, tensor));
        }
        WeightRoles roles = new WeightRoles(graph, TrainableForm.constants(original));
        for (String name : roles.learned()) {
            parameters.add(new GraphParameter(name, array(name), roles.depth(name)));
        }
        roles.updated().stream()
                .filter(name -> stored.containsKey(name) && array(name).getDataType() == DataType.FLOAT32)
                .forEach(statistics::add);
        learnFrom(0);
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
            return ConstantOperators.array(manager, tensor);
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
     * @param mode whether normalisation uses and updates the batch's statistics, and dropout drops
     */
    public NDArray forward(NDArray images, GraphMode mode) {
        return forward(images, mode, Map.of());
    }

    /**
     * The same with other weights than the graph's own.
     *
     * @param weights arrays that stand for initializers, by their names, such as a {@link WeightAverage}'s
     */
    public NDArray forward(NDArray images, GraphMode mode, Map<String, NDArray> weights) {
        NDArray scores = values(images, mode, weights, logits);
        Shape shape = scores.getShape();
        return shape.dimension() == 2 ? scores : scores.reshape(shape.get(0), shape.size() / shape.get(0));
    }

    /** The graph's output, softmax included. */
    NDArray output(NDArray images) {
        return values(
                images,
                GraphMode.INFERENCE,
                Map.of(),
                model.proto().getGraph().getOutput(0).getName());
    }

    private NDArray values(NDArray images, GraphMode mode, Map<String, NDArray> weights, String wanted) {
        NDManager pass = images.getManager();
        // Results belong to the manager of the first operand; without this, some would pile up in the parameters'.
        pass.tempAttachAll(stored.values().toArray(NDArray[]::new));
        Map<String, NDArray> values = new HashMap<>(stored);
        values.putAll(weights);
        values.put(input, images);
        for (Step step : steps) {
            for (int output = 0; output < step.node().getOutputCount(); output++) {
                String name = step.node().getOutput(output);
                // The rest of several outputs is what nobody takes, such as dropout's mask.
                if (output == 0 || step.node().getOpType().equals("Split")) {
                    values.put(
                            name,
                            step.operator()
                                    .apply(new OperatorCall(
                                            step.node(),
                                            step.attributes(),
                                            output,
                                            values,
                                            pass,
                                            opset,
                                            mode,
                                            kernels)));
                }
            }
            if (step.node().getOutputList().contains(wanted)) {
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

    /** All parameters that gradients can move, from the image on. The arrays are owned by the graph. */
    public List<GraphParameter> parameters() {
        return List.copyOf(parameters);
    }

    /**
     * Freezes what lies nearer to the image: no gradients are computed for it, nor below it.
     *
     * @param depth of the first layers that learn; 0 for all
     */
    public void learnFrom(double depth) {
        parameters.forEach(parameter -> parameter.array().setRequiresGradient(parameter.depth() >= depth));
    }

    private NDArray array(String name) {
        NDArray array = stored.get(name);
        if (array == null) {
            throw new IllegalStateException("no initializer " + name);
        }
        return array;
    }

    /** Everything that training changes: parameters and running statistics, by initializer name. Owned by the graph. */
    public Map<String, NDArray> changing() {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        parameters.forEach(parameter -> arrays.put(parameter.name(), parameter.array()));
        statistics.forEach(name -> arrays.put(name, array(name)));
        return arrays;
    }

    /** A copy of everything that training changes. */
    public Map<String, float[]> snapshot() {
        return snapshot(changing());
    }

    /** A copy of such arrays. */
    public static Map<String, float[]> snapshot(Map<String, NDArray> arrays) {
        Map<String, float[]> values = new LinkedHashMap<>();
        arrays.forEach((name, array) -> values.put(name, array.toFloatArray()));
        return values;
    }

    /** The graph with a symbolic batch axis and the weights of a snapshot. */
    public OnnxModel export(Map<String, float[]> snapshot) {
        return GraphEdits.withValues(model, snapshot);
    }

    /** The name of the scores before any final softmax. */
    String scores() {
        return logits;
    }

    /** Number of learned values. */
    public long parameterCount() {
        return parameters.stream()
                .mapToLong(parameter -> parameter.array().size())
                .sum();
    }

    @Override
    public void close() {
        manager.close();
    }
}
