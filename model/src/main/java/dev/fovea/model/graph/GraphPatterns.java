package dev.fovea.model.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Functions that exporters write out with several operators: a softmax, a sigmoid, a distance. */
public final class GraphPatterns {

    private static final int MAX_STEPS = 200;

    /** Operators whose output has the values of their first input, but for type, shape, mean or quantization. */
    public static final Set<String> PASS_ON = Set.of(
            "Identity",
            "Cast",
            "CastLike",
            "Reshape",
            "Flatten",
            "Squeeze",
            "Unsqueeze",
            "Transpose",
            "Dropout",
            "QuantizeLinear",
            "DequantizeLinear",
            "GlobalAveragePool",
            "AveragePool",
            "ReduceMean",
            "Expand");

    /** Layers with weights, whose outputs are unbounded numbers. */
    public static final Set<String> LINEAR = Set.of(
            "Gemm",
            "MatMul",
            "Conv",
            "ConvTranspose",
            "Einsum",
            "BatchNormalization",
            "FusedGemm",
            "FusedMatMul",
            "FusedConv",
            "QGemm",
            "QLinearMatMul",
            "QLinearConv",
            "QLinearAdd",
            "MatMulInteger",
            "ConvInteger",
            "MatMulNBits",
            "LayerNormalization");

    private final GraphIndex graph;

    public GraphPatterns(GraphIndex graph) {
        this.graph = graph;
    }

    /** Whether it is {@code exp(x) / sum(exp(x))}, or the product of the one with the other's reciprocal. */
    public boolean isSoftmax(String exponential, String divisor, boolean divides) {
        Optional<NodeProto> sum = plain(divisor);
        if (!divides) {
            sum = sum.filter(node -> node.getOpType().equals("Reciprocal")).flatMap(node -> plain(node.getInput(0)));
        }
        return makes("Exp", exponential)
                && sum.filter(node -> node.getOpType().equals("ReduceSum"))
                        .filter(node -> sameValue(node.getInput(0), exponential))
                        .isPresent();
    }

    /** Whether it is {@code 1 + exp(x)}. */
    public boolean isOnePlusExponential(String value) {
        return plain(value)
                .filter(node -> node.getOpType().equals("Add") && node.getInputCount() == 2)
                .filter(node -> (makes("Exp", node.getInput(0)) && isConstant(node.getInput(1)))
                        || (makes("Exp", node.getInput(1)) && isConstant(node.getInput(0))))
                .isPresent();
    }

    /**
     * Whether an operator gives the Manhattan, the Euclidean or the squared Euclidean distance, or a mean of squares.
     */
    public boolean isDistance(NodeProto node) {
        if (node.getInputCount() == 0) {
            return false;
        }
        String input = node.getInput(0);
        return switch (node.getOpType()) {
            case "CDist" -> true;
            case "ReduceL1", "ReduceL2", "ReduceSumSquare" -> makes("Sub", input);
            case "ReduceSum", "ReduceMean" ->
                graph.producer(input).filter(this::isOfDifference).isPresent();
            case "Sqrt" -> plain(input).filter(this::isDistance).isPresent();
            default -> false;
        };
    }

    /** Whether it is the square or the absolute value of a difference. */
    private boolean isOfDifference(NodeProto node) {
        if (node.getInputCount() == 0) {
            return false;
        }
        String last = node.getInput(node.getInputCount() - 1);
        return switch (node.getOpType()) {
            case "Abs" -> makes("Sub", node.getInput(0));
            case "Pow" -> makes("Sub", node.getInput(0)) && number(last).orElse(0) == 2;
            case "Mul" -> makes("Sub", node.getInput(0)) && sameValue(node.getInput(0), last);
            default -> false;
        };
    }

    /** The operator that makes a value, past those that only copy it. */
    Optional<NodeProto> plain(String value) {
        Optional<NodeProto> node = graph.producer(value);
        for (int i = 0; i < MAX_STEPS && node.filter(GraphPatterns::passesOn).isPresent(); i++) {
            node = graph.producer(node.get().getInput(0));
        }
        return node;
    }

    private static boolean passesOn(NodeProto node) {
        return PASS_ON.contains(node.getOpType()) && node.getInputCount() > 0;
    }

    public boolean makes(String type, String value) {
        return plain(value).filter(node -> node.getOpType().equals(type)).isPresent();
    }

    private boolean sameValue(String one, String other) {
        return one.equals(other) || plain(one).equals(plain(other));
    }

    /** Whether the model carries the value. */
    public boolean isConstant(String value) {
        return graph.initializer(value).isPresent()
                || graph.producer(value)
                        .filter(node -> node.getOpType().equals("Constant"))
                        .isPresent();
    }

    /** The one number that a carried value holds; empty for another value. */
    public OptionalDouble number(String value) {
        Optional<NodeProto> constant =
                graph.producer(value).filter(node -> node.getOpType().equals("Constant"));
        Optional<AttributeProto> scalar = constant.flatMap(node -> GraphIndex.attribute(node, "value_float"));
        if (scalar.isPresent()) {
            return OptionalDouble.of(scalar.get().getF());
        }
        return graph.initializer(value)
                .or(() -> constant.flatMap(node -> GraphIndex.attribute(node, "value"))
                        .map(AttributeProto::getT))
                .map(GraphPatterns::number)
                .orElse(OptionalDouble.empty());
    }

    private static OptionalDouble number(TensorProto tensor) {
        boolean whole = tensor.getDataType() == TensorProto.DataType.INT64_VALUE
                || tensor.getDataType() == TensorProto.DataType.INT32_VALUE;
        boolean one = tensor.getDimsList().stream().allMatch(length -> length == 1);
        if (!one || (!whole && !TensorValues.isFloat(tensor))) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(whole ? TensorValues.longs(tensor)[0] : TensorValues.floats(tensor)[0]);
    }
}
