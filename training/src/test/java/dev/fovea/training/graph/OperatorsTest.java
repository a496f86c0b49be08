package dev.fovea.training.graph;

import static dev.fovea.model.graph.GraphBuilder.integer;
import static dev.fovea.model.graph.GraphBuilder.ints;
import static dev.fovea.model.graph.GraphBuilder.number;
import static dev.fovea.model.graph.GraphBuilder.text;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.fovea.model.graph.GraphBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operator, alone in a graph, against ONNX Runtime. */
class OperatorsTest {

    private static final long[] SHAPE = {2, 4, 7, 6};

    /**
     * One operator over an input of {@link #SHAPE}.
     *
     * @param constants tensors after the first input, in order
     */
    record Case(String type, List<Constant> constants, AttributeProto... attributes) {
        @Override
        public String toString() {
            return type + " "
                    + List.of(attributes).stream().map(AttributeProto::getName).toList();
        }
    }

    sealed interface Constant {
        record Floats(long... shape) implements Constant {}

        record Number(float value) implements Constant {}

        record Integers(long... values) implements Constant {}
    }

    static Stream<Case> cases() {
        Constant kernel = new Constant.Floats(4, 2, 3, 3);
        Constant bias = new Constant.Floats(4);
        Constant likeInput = new Constant.Floats(1, 4, 1, 1);
        List<Constant> none = List.of();
        return Stream.of(
                new Case("Relu", none),
                new Case("LeakyRelu", none, number("alpha", 0.2f)),
                new Case("PRelu", List.of(new Constant.Floats(4, 1, 1))),
                new Case("Elu", none),
                new Case("Sigmoid", none),
                new Case("Tanh", none),
                new Case("Exp", none),
                new Case("HardSigmoid", none),
                new Case("HardSwish", none),
                new Case("Clip", List.of(new Constant.Number(-0.3f), new Constant.Number(0.6f))),
                new Case("Add", List.of(likeInput)),
                new Case("Sub", List.of(likeInput)),
                new Case("Mul", List.of(likeInput)),
                new Case("Div", List.of(new Constant.Number(3))),
                new Case("Sum", List.of(likeInput, likeInput)),
                new Case("Identity", none),
                new Case("Dropout", none),
                new Case("Conv", List.of(kernel, bias), integer("group", 2), ints("strides", 2, 1)),
                new Case("Conv", List.of(kernel), integer("group", 2), ints("pads", 0, 1, 2, 1)),
                new Case("Conv", List.of(kernel), integer("group", 2), ints("dilations", 2, 2)),
                new Case(
                        "Conv",
                        List.of(kernel),
                        integer("group", 2),
                        text("auto_pad", "SAME_UPPER"),
                        ints("strides", 2, 2)),
                new Case(
                        "Conv",
                        List.of(kernel),
                        integer("group", 2),
                        text("auto_pad", "SAME_LOWER"),
                        ints("strides", 2, 2)),
                new Case("MaxPool", none, ints("kernel_shape", 3, 3), ints("strides", 2, 2), ints("pads", 1, 1, 1, 1)),
                new Case("MaxPool", none, ints("kernel_shape", 2, 2), ints("strides", 2, 2), ints("pads", 0, 0, 1, 1)),
                new Case("MaxPool", none, ints("kernel_shape", 3, 3), ints("strides", 2, 2), integer("ceil_mode", 1)),
                new Case("AveragePool", none, ints("kernel_shape", 3, 3), ints("pads", 1, 1, 1, 1)),
                new Case(
                        "AveragePool",
                        none,
                        ints("kernel_shape", 3, 3),
                        ints("pads", 1, 0, 0, 1),
                        integer("count_include_pad", 1)),
                new Case("GlobalAveragePool", none),
                new Case("GlobalMaxPool", none),
                new Case("BatchNormalization", List.of(bias, bias, bias, new Constant.Floats(4))),
                new Case("MatMul", List.of(new Constant.Floats(6, 5))),
                new Case("Softmax", none, integer("axis", 1)),
                new Case("Softmax", none),
                new Case("ReduceMean", none, ints("axes", 2, 3)),
                new Case("ReduceMean", none, ints("axes", -1, -2), integer("keepdims", 0)),
                new Case("Flatten", none, integer("axis", 2)),
                new Case("Reshape", List.of(new Constant.Integers(0, -1, 3, 7))),
                new Case("Transpose", none, ints("perm", 0, 2, 3, 1)),
                new Case("Unsqueeze", List.of(new Constant.Integers(1, -1))),
                new Case("Concat", List.of(new Constant.Floats(2, 4, 7, 3)), integer("axis", -1)),
                new Case("Pad", List.of(new Constant.Integers(0, 0, 1, 2, 0, 0, 3, 0), new Constant.Number(0.5f))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldAgreeWithOnnxRuntime(Case one) throws Exception {
        GraphBuilder builder = new GraphBuilder("one");
        List<String> inputs = new ArrayList<>(List.of(builder.input("x", SHAPE)));
        for (int i = 0; i < one.constants().size(); i++) {
            inputs.add(constant(builder, "c" + i, one.constants().get(i), one.type()));
        }
        builder.node(one.type(), "y", inputs, one.attributes());
        TrainableGraphTest.assertAgreement(builder.output("y").build(), SHAPE, 1);
    }

    @Test
    void shouldAgreeOnOperatorsOfTwoSteps() throws Exception {
        GraphBuilder builder = new GraphBuilder("head");
        String pooled = builder.node("GlobalAveragePool", "pool", List.of(builder.input("x", SHAPE)));
        String squeezed = builder.node("Squeeze", "squeezed", List.of(pooled, builder.integers("axes", 2, 3)));
        String weights = builder.weights("w", List.of(3L, 4L), TrainableGraphTest.random(12, 1, 1));
        String bias = builder.weights("b", List.of(3L), TrainableGraphTest.random(3, 2, 1));
        builder.node(
                "Gemm",
                "y",
                List.of(squeezed, weights, bias),
                integer("transB", 1),
                number("alpha", 0.5f),
                number("beta", 2));
        TrainableGraphTest.assertAgreement(builder.output("y").build(), SHAPE, 1);
    }

    @Test
    void shouldHaveATestForEveryOperator() {
        Set<String> tested = new TreeSet<>(cases().map(Case::type).toList());
        // Covered by the test of two steps and by networks that others exported.
        tested.addAll(List.of("Gemm", "Squeeze", "Constant", "Shape", "Sqrt"));
        Assertions.assertThat(tested).containsAll(new Operators().types());
    }

    private static String constant(GraphBuilder builder, String name, Constant constant, String type) {
        return switch (constant) {
            case Constant.Integers integers -> builder.integers(name, integers.values());
            case Constant.Number number -> builder.weights(name, List.of(), new float[] {number.value()});
            case Constant.Floats floats -> {
                List<Long> shape =
                        java.util.Arrays.stream(floats.shape()).boxed().toList();
                int count = (int) shape.stream().mapToLong(l -> l).reduce(1, (a, b) -> a * b);
                float[] values = TrainableGraphTest.random(count, name.hashCode(), 1);
                for (int i = 0; i < count && type.equals("BatchNormalization"); i++) {
                    values[i] = Math.abs(values[i]) + 0.1f;
                }
                yield builder.weights(name, shape, values);
            }
        };
    }
}
