package dev.fovea.training.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.OnnxModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A small graph around one operator, or a few that exporters write together.
 *
 * @param name for the test's report
 * @param types the operators it is there for
 * @param opset version of the operator set
 * @param range the input is spread evenly over -range..range
 * @param shape of the input
 * @param body adds the nodes after the input and returns the output's name
 */
record OperatorCase(String name, List<String> types, long opset, float range, long[] shape, Body body) {

    static final long[] IMAGE = {2, 4, 7, 6};

    /** What is between input and output. */
    @FunctionalInterface
    interface Body {
        String build(GraphBuilder builder, String x);
    }

    /** A tensor after the input of a single operator. */
    sealed interface Constant {
        record Floats(long... shape) implements Constant {}

        /** Values above 0.1. */
        record Positive(long... shape) implements Constant {}

        record Number(float value) implements Constant {}

        record Numbers(float... values) implements Constant {}

        record Integers(long... values) implements Constant {}

        /** Left out. */
        record Absent() implements Constant {}
    }

    /** One operator over an image with values from -2 to 2. */
    static OperatorCase one(String type, List<Constant> constants, AttributeProto... attributes) {
        String name = type + " "
                + Arrays.stream(attributes).map(AttributeProto::getName).toList();
        return new OperatorCase(name, List.of(type), 17, 2, IMAGE, (builder, x) -> {
            List<String> inputs = new ArrayList<>(List.of(x));
            for (int i = 0; i < constants.size(); i++) {
                inputs.add(constant(builder, "c" + i, constants.get(i)));
            }
            return builder.node(type, "y", inputs, attributes);
        });
    }

    static OperatorCase one(String type, AttributeProto... attributes) {
        return one(type, List.of(), attributes);
    }

    /** A graph of several operators. */
    static OperatorCase graph(String name, List<String> types, Body body) {
        return new OperatorCase(name, types, 17, 2, IMAGE, body);
    }

    OperatorCase at(long version) {
        return new OperatorCase(name + " at " + version, types, version, range, shape, body);
    }

    OperatorCase over(long... other) {
        return new OperatorCase(name + " over " + Arrays.toString(other), types, opset, range, other, body);
    }

    /** The input is shifted to values from 0.5 on before the operator takes it. */
    OperatorCase positive() {
        return new OperatorCase(name, types, opset, range, shape, (builder, x) -> {
            String shift = builder.weights("shift", List.of(), new float[] {range + 0.5f});
            return body.build(builder, builder.node("Add", "shifted", List.of(x, shift)));
        });
    }

    OnnxModel model() {
        GraphBuilder builder = new GraphBuilder("one");
        String image = builder.input("x", inputShape());
        String x = shape.length == 4
                ? image
                : builder.node("Reshape", "reshaped", List.of(image, builder.integers("shape", shape)));
        OnnxModel model = builder.output(body.build(builder, x)).build();
        return OnnxModel.of(model.proto().toBuilder()
                .setOpsetImport(0, OperatorSetIdProto.newBuilder().setVersion(opset))
                .build());
    }

    /** The shape with as many axes as an image has. */
    long[] inputShape() {
        long[] four = {1, 1, 1, 1};
        System.arraycopy(shape, 0, four, 0, shape.length);
        return four;
    }

    /** Distinct values with even spaces between them, in a fixed disorder, none of them 0. */
    float[] input() {
        int count = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = ((i * 187L % count + 0.5f) / count * 2 - 1) * range;
        }
        return values;
    }

    static String constant(GraphBuilder builder, String name, Constant constant) {
        return switch (constant) {
            case Constant.Integers integers -> builder.integers(name, integers.values());
            case Constant.Number number -> builder.weights(name, List.of(), new float[] {number.value()});
            case Constant.Numbers numbers ->
                builder.weights(name, List.of((long) numbers.values().length), numbers.values());
            case Constant.Floats floats -> weights(builder, name, false, floats.shape());
            case Constant.Positive floats -> weights(builder, name, true, floats.shape());
            case Constant.Absent absent -> "";
        };
    }

    static String weights(GraphBuilder builder, String name, boolean positive, long... shape) {
        int count = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        float[] values = TrainableGraphTest.random(count, name.hashCode(), 1);
        for (int i = 0; i < count && positive; i++) {
            values[i] = Math.abs(values[i]) + 0.1f;
        }
        return builder.weights(name, Arrays.stream(shape).boxed().toList(), values);
    }

    @Override
    public String toString() {
        return name;
    }
}
