package dev.fovea.model.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * Gives a classifier another number of classes: its last layer with weights gets fresh ones of the new shape, the rest
 * stays as learned. The start of fine-tuning on other labels.
 */
public final class HeadReplacement {

    /** What may stand between the last weights and the scores. */
    private static final Set<String> AFTER_HEAD = Set.of(
            "Softmax",
            "Flatten",
            "Reshape",
            "Squeeze",
            "Identity",
            "Relu",
            "Dropout",
            "Add",
            "GlobalAveragePool",
            "AveragePool",
            "ReduceMean");

    private final GraphProto.Builder graph;
    private final Map<String, Integer> initializers = new HashMap<>();
    private final Map<String, NodeProto> producers = new HashMap<>();
    private final int classes;
    private final SplittableRandom random;

    private HeadReplacement(OnnxModel model, int classes, long seed) {
        this.graph = model.proto().getGraph().toBuilder();
        this.classes = classes;
        this.random = new SplittableRandom(seed);
        for (int i = 0; i < graph.getInitializerCount(); i++) {
            initializers.put(graph.getInitializer(i).getName(), i);
        }
        graph.getNodeList().forEach(node -> producers.put(node.getOutput(0), node));
    }

    /**
     * The same network for {@code classes} classes, batch axis symbolic.
     *
     * @throws FoveaException {@code MODEL_SIGNATURE_UNSUPPORTED} if no last layer with weights is found
     */
    public static OnnxModel replace(OnnxModel model, int classes, long seed) {
        OnnxModel flexible = GraphEdits.withSymbolicBatch(model);
        HeadReplacement replacement = new HeadReplacement(flexible, classes, seed);
        GraphProto graph = replacement.run();
        return OnnxModel.of(flexible.proto().toBuilder().setGraph(graph).build());
    }

    private GraphProto run() {
        List<String> biases = new ArrayList<>();
        List<String> shapes = new ArrayList<>();
        NodeProto head = head(graph.getOutput(0).getName(), biases, shapes);
        int axis = classAxis(head);
        TensorProto weights = initializer(head.getInput(1));
        long old = weights.getDims(axis);
        resize(weights, axis, Math.sqrt((double) old / count(weights)));
        if (head.getInputCount() > 2) {
            biases.add(head.getInput(2));
        }
        for (String bias : biases) {
            TensorProto tensor = initializer(bias);
            resize(tensor, tensor.getDimsList().indexOf(old), 0);
        }
        shapes.forEach(shape -> renameLength(shape, old));
        TensorShapeProto.Builder output = graph.getOutputBuilder(0)
                .getTypeBuilder()
                .getTensorTypeBuilder()
                .getShapeBuilder();
        if (output.getDimCount() > 1) {
            output.setDim(1, TensorShapeProto.Dimension.newBuilder().setDimValue(classes));
        }
        return graph.clearValueInfo().build();
    }

    /** Walks back from the scores to the last layer with weights, noting biases and shapes on the way. */
    private NodeProto head(String output, List<String> biases, List<String> shapes) {
        String name = output;
        while (true) {
            NodeProto node = producers.get(name);
            if (node == null) {
                throw unsupported(name);
            }
            if (Set.of("Gemm", "MatMul", "Conv").contains(node.getOpType())
                    && initializers.containsKey(node.getInput(1))) {
                return node;
            }
            if (!AFTER_HEAD.contains(node.getOpType())) {
                throw unsupported(node.getOpType());
            }
            int data = node.getOpType().equals("Add") && initializers.containsKey(node.getInput(0)) ? 1 : 0;
            if (node.getOpType().equals("Add")) {
                if (!initializers.containsKey(node.getInput(1 - data))) {
                    throw unsupported("Add");
                }
                biases.add(node.getInput(1 - data));
            }
            if (node.getOpType().equals("Reshape") && initializers.containsKey(node.getInput(1))) {
                shapes.add(node.getInput(1));
            }
            name = node.getInput(data);
        }
    }

    private static int classAxis(NodeProto head) {
        boolean transposed =
                head.getAttributeList().stream().anyMatch(a -> a.getName().equals("transB") && a.getI() == 1);
        return head.getOpType().equals("Conv") || transposed ? 0 : 1;
    }

    private void resize(TensorProto tensor, int axis, double deviation) {
        List<Long> shape = new ArrayList<>(tensor.getDimsList());
        shape.set(axis, (long) classes);
        float[] values =
                new float[(int) shape.stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length && deviation > 0; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        graph.setInitializer(index(tensor.getName()), TensorValues.of(tensor.getName(), shape, values));
    }

    private void renameLength(String name, long old) {
        long[] lengths = LongStream.of(TensorValues.longs(initializer(name)))
                .map(length -> length == old ? classes : length)
                .toArray();
        graph.setInitializer(index(name), TensorValues.of(name, lengths));
    }

    private TensorProto initializer(String name) {
        return graph.getInitializer(index(name));
    }

    private int index(String name) {
        Integer index = initializers.get(name);
        if (index == null) {
            throw unsupported(name);
        }
        return index;
    }

    private static double count(TensorProto tensor) {
        return tensor.getDimsList().stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
    }

    private static FoveaException unsupported(String where) {
        return new FoveaException(
                ErrorCode.MODEL_SIGNATURE_UNSUPPORTED,
                "The model's last layer cannot be exchanged: no weights were found before its scores (stopped at %s). Start from a classifier, or from a fresh network."
                        .formatted(where));
    }
}
