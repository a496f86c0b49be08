package dev.fovea.model.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Folds BatchNormalization into the convolution before it: with {@code s = gamma / sqrt(var + epsilon)} the weights
 * become {@code W · s} per output channel and the bias {@code (b − mean) · s + beta} (Jacob et al. 2018,
 * <i>Quantization and Training of Neural Networks</i>, section 3.2). What the network computes stays the same up to
 * rounding; a normalisation that does not follow a convolution of its own stays as it is.
 */
public final class BatchNormFolding {

    private final Map<String, TensorProto> initializers = new LinkedHashMap<>();
    private final Map<String, Integer> uses = new HashMap<>();
    private final Map<String, NodeProto> convolutions = new HashMap<>();
    private final Map<String, NodeProto> replaced = new HashMap<>();
    private final Set<String> removed = new HashSet<>();

    private BatchNormFolding(GraphProto graph) {
        graph.getInitializerList().forEach(i -> initializers.put(i.getName(), i));
        for (NodeProto node : graph.getNodeList()) {
            node.getInputList().forEach(input -> uses.merge(input, 1, Integer::sum));
            if (node.getOpType().equals("Conv")) {
                convolutions.put(node.getOutput(0), node);
            }
        }
        graph.getOutputList().forEach(output -> uses.merge(output.getName(), 1, Integer::sum));
    }

    /** The same network with fewer nodes. */
    public static OnnxModel fold(OnnxModel model) {
        GraphProto graph = model.proto().getGraph();
        BatchNormFolding folding = new BatchNormFolding(graph);
        for (NodeProto node : graph.getNodeList()) {
            if (node.getOpType().equals("BatchNormalization") && folding.foldable(node)) {
                folding.fold(node);
            }
        }
        return OnnxModel.of(
                model.proto().toBuilder().setGraph(folding.rebuild(graph)).build());
    }

    private boolean foldable(NodeProto norm) {
        NodeProto convolution = convolutions.get(norm.getInput(0));
        if (convolution == null || uses.getOrDefault(norm.getInput(0), 0) != 1 || norm.getOutputCount() != 1) {
            return false;
        }
        // Weights that two convolutions share cannot be scaled for one of them.
        List<String> tensors = new ArrayList<>(convolution.getInputList().subList(1, convolution.getInputCount()));
        boolean ownWeights = tensors.stream().allMatch(name -> uses.getOrDefault(name, 0) == 1);
        tensors.addAll(norm.getInputList().subList(1, 5));
        return ownWeights
                && tensors.stream().allMatch(name -> {
                    TensorProto tensor = initializers.get(name);
                    return tensor != null && TensorValues.isFloat(tensor);
                });
    }

    private void fold(NodeProto norm) {
        NodeProto convolution = java.util.Objects.requireNonNull(convolutions.get(norm.getInput(0)));
        TensorProto kernel = tensor(convolution.getInput(1));
        double[] scale = scale(norm);
        float[] weights = TensorValues.floats(kernel);
        int perChannel = weights.length / scale.length;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (weights[i] * scale[i / perChannel]);
        }
        String biasName = convolution.getInputCount() > 2 ? convolution.getInput(2) : norm.getOutput(0) + "::bias";
        float[] bias = bias(convolution, norm, scale);
        initializers.put(kernel.getName(), TensorValues.of(kernel.getName(), kernel.getDimsList(), weights));
        initializers.put(biasName, TensorValues.of(biasName, List.of((long) bias.length), bias));
        replaced.put(
                convolution.getOutput(0),
                convolution.toBuilder()
                        .clearInput()
                        .addInput(convolution.getInput(0))
                        .addInput(kernel.getName())
                        .addInput(biasName)
                        .setOutput(0, norm.getOutput(0))
                        .build());
        removed.add(norm.getOutput(0));
    }

    private double[] scale(NodeProto norm) {
        float[] gamma = TensorValues.floats(tensor(norm.getInput(1)));
        float[] variance = TensorValues.floats(tensor(norm.getInput(4)));
        double epsilon = norm.getAttributeList().stream()
                .filter(a -> a.getName().equals("epsilon"))
                .mapToDouble(AttributeProto::getF)
                .findFirst()
                .orElse(1e-5);
        double[] scale = new double[gamma.length];
        for (int c = 0; c < scale.length; c++) {
            scale[c] = gamma[c] / Math.sqrt(variance[c] + epsilon);
        }
        return scale;
    }

    private float[] bias(NodeProto convolution, NodeProto norm, double[] scale) {
        float[] before = convolution.getInputCount() > 2
                ? TensorValues.floats(tensor(convolution.getInput(2)))
                : new float[scale.length];
        float[] beta = TensorValues.floats(tensor(norm.getInput(2)));
        float[] mean = TensorValues.floats(tensor(norm.getInput(3)));
        float[] bias = new float[scale.length];
        for (int c = 0; c < bias.length; c++) {
            bias[c] = (float) ((before[c] - mean[c]) * scale[c] + beta[c]);
        }
        return bias;
    }

    private TensorProto tensor(String name) {
        return java.util.Objects.requireNonNull(initializers.get(name));
    }

    private GraphProto rebuild(GraphProto graph) {
        GraphProto.Builder builder =
                graph.toBuilder().clearNode().clearInitializer().clearValueInfo();
        Set<String> needed = new HashSet<>();
        graph.getOutputList().forEach(output -> needed.add(output.getName()));
        for (NodeProto node : graph.getNodeList()) {
            if (node.getOutputCount() > 0 && removed.contains(node.getOutput(0)) && isNorm(node)) {
                continue;
            }
            NodeProto kept = replaced.getOrDefault(node.getOutput(0), node);
            builder.addNode(kept);
            needed.addAll(kept.getInputList());
        }
        initializers.values().stream().filter(i -> needed.contains(i.getName())).forEach(builder::addInitializer);
        return dropInitializersFromInputs(builder).build();
    }

    /** Old files list initializers among the inputs as well; a folded bias would have a name but no entry there. */
    private GraphProto.Builder dropInitializersFromInputs(GraphProto.Builder builder) {
        var kept = builder.getInputList().stream()
                .filter(input -> !initializers.containsKey(input.getName()))
                .toList();
        return builder.clearInput().addAllInput(kept);
    }

    private static boolean isNorm(NodeProto node) {
        return node.getOpType().equals("BatchNormalization");
    }
}
