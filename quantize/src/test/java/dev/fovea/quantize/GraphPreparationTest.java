package dev.fovea.quantize;

import static dev.fovea.model.graph.GraphBuilder.BATCH;
import static dev.fovea.model.graph.GraphBuilder.integer;
import static dev.fovea.model.graph.GraphBuilder.ints;
import static dev.fovea.model.graph.GraphBuilder.number;
import static dev.fovea.model.graph.GraphBuilder.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Size;
import dev.fovea.model.graph.Fp32Conversion;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.NetworkBuilder;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.graph.OpsetUpgrade;
import dev.fovea.model.graph.StridedStem;
import dev.fovea.model.graph.TensorValues;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.Session;
import dev.fovea.runtime.session.SessionSettings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphPreparationTest {

    private final Engine engine = Engine.open();
    private final List<Tensor> inputs = Networks.inputs(2, 3, 32);

    @Test
    void shouldFoldNormalisationsOfOwnNetworks() {
        OnnxModel model = NetworkBuilder.build(
                NetworkBuilder.Family.MOBILE, NetworkBuilder.Scale.SMALL, 3, Size.square(32), 4, 1);
        OnnxModel prepared = prepare(model);
        assertThat(model.operators()).containsKey("BatchNormalization");
        assertThat(prepared.operators()).doesNotContainKeys("BatchNormalization", "Identity", "Dropout", "Constant");
        assertSameOutputs(model, prepared);
    }

    @Test
    void shouldUpgradeAnOldOpsetWithTheSameOutputs() {
        OnnxModel old = oldNetwork();
        OnnxModel upgraded = OpsetUpgrade.apply(old);
        assertThat(upgraded.opsets()).containsEntry("ai.onnx", 13L);
        assertThat(upgraded.operators()).containsKey("Resize").doesNotContainKey("Upsample");
        assertSameOutputs(old, upgraded);
        assertSameOutputs(old, prepare(old));
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 8})
    void shouldReadAnOldNormalisationThatTheRuntimeSpelledOut(int set) {
        GraphBuilder graph = new GraphBuilder("spatial");
        String x = graph.input("input", 1, 3, 32, 32);
        String scale = graph.weights("scale", List.of(3L), new float[] {1, 2, 3});
        String zeros = graph.weights("zeros", List.of(3L), new float[3]);
        String ones = graph.weights("ones", List.of(3L), new float[] {1, 1, 1});
        String normal = graph.node("BatchNormalization", "n", List.of(x, scale, zeros, zeros, ones));
        String relu = graph.node("Relu", "relu", List.of(normal));
        graph.node(
                "Dropout", "out", List.of(Networks.convolution(graph, relu, "c", 3, 4, 3, 1)), number("ratio", 0.3f));
        OnnxModel old = Networks.ofSet(graph.output("out", 1, 4, 32, 32).build(), set);
        assertSameOutputs(old, prepare(old));
    }

    @Test
    void shouldLeaveANewOperatorSetAloneAndRefuseAVeryOldOne() {
        OnnxModel model = Networks.mixed();
        assertThat(OpsetUpgrade.apply(model)).isSameAs(model);
        assertThatThrownBy(() -> OpsetUpgrade.apply(Networks.ofSet(model, 6)))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_OPERATOR_UNSUPPORTED))
                .hasMessageContaining("set 6");
    }

    @Test
    void shouldWidenHalfPrecision() {
        OnnxModel model = Networks.mixed();
        OnnxModel half = halved(model);
        assertThat(Fp32Conversion.isNeeded(model)).isFalse();
        assertThat(Fp32Conversion.isNeeded(half)).isTrue();
        OnnxModel wide = Fp32Conversion.apply(half);
        assertThat(wide.inputs().getFirst().toString()).contains("float[").doesNotContain("16");
        assertThat(output(wide)).containsExactly(output(model), within(0.01f));
    }

    @Test
    void shouldMakeAFixedBatchSymbolic() {
        GraphBuilder graph = new GraphBuilder("fixed");
        String y = Networks.convolution(graph, graph.input("input", 1, 3, 32, 32), "c", 3, 4, 3, 1);
        graph.node("Reshape", "flat", List.of(y, graph.integers("shape", 1, 4096)));
        OnnxModel model = graph.output("flat", 1, 4096).build();
        OnnxModel prepared = prepare(model);
        assertThat(prepared.inputs().getFirst()).hasToString("input float[batch, 3, 32, 32]");
        assertSameOutputs(model, prepared);
    }

    @Test
    void shouldKeepABatchThatTheNetworkCountsOn() {
        GraphBuilder graph = new GraphBuilder("counts");
        String y = Networks.convolution(graph, graph.input("input", 1, 3, 32, 32), "c", 3, 4, 3, 1);
        graph.node("Reshape", "flat", List.of(y, graph.integers("shape", 4, 1024)));
        OnnxModel model = graph.output("flat", 4, 1024).build();
        OnnxModel prepared = prepare(model);
        assertThat(prepared.inputs().getFirst()).hasToString("input float[1, 3, 32, 32]");
        assertSameOutputs(model, prepared);
    }

    @Test
    void shouldPoolWhereAMeanIsTakenOverPlaces() {
        GraphBuilder graph = new GraphBuilder("mean");
        String y = Networks.convolution(graph, graph.input("input", BATCH, 3, 32, 32), "c", 3, 4, 3, 1);
        graph.node("ReduceMean", "mean", List.of(y), ints("axes", 2, 3), integer("keepdims", 1));
        OnnxModel model = graph.output("mean", BATCH, 4, 1, 1).build();
        OnnxModel prepared = prepare(model);
        assertThat(prepared.operators()).containsKey("GlobalAveragePool").doesNotContainKey("ReduceMean");
        assertSameOutputs(model, prepared);
    }

    @ParameterizedTest
    @CsvSource({"7, 3, 32", "3, 1, 32", "3, 0, 32", "5, 2, 48", "2, 0, 32", "6, 2, 32"})
    void shouldComputeTheFirstLayerFromFourPixelsAtOnce(int kernel, int pad, int edge) {
        GraphBuilder graph = new GraphBuilder("stem");
        String weight = graph.weights(
                "w", List.of(4L, 3L, (long) kernel, (long) kernel), Networks.normal(1, 12 * kernel * kernel, 0.2));
        int out = (edge + 2 * pad - kernel) / 2 + 1;
        graph.node(
                "Conv",
                "c",
                List.of(graph.input("input", BATCH, 3, edge, edge), weight),
                ints("kernel_shape", kernel, kernel),
                ints("strides", 2, 2),
                ints("pads", pad, pad, pad, pad));
        OnnxModel model = graph.output("c", BATCH, 4, out, out).build();
        OnnxModel changed = StridedStem.apply(model);
        assertThat(changed.operators()).containsKey("SpaceToDepth");
        Tensor input = Networks.inputs(1, 3, edge).getFirst();
        assertThat(output(changed, input)).containsExactly(output(model, input), within(1e-4f));
    }

    @Test
    void shouldPoolWhereTheAxesOfAMeanAreAnInput() {
        GraphBuilder graph = new GraphBuilder("mean");
        String y = Networks.convolution(graph, graph.input("input", BATCH, 3, 32, 32), "c", 3, 4, 3, 1);
        graph.node("ReduceMean", "mean", List.of(y, graph.integers("axes", 2, 3)), integer("keepdims", 1));
        OnnxModel model = Networks.ofSet(graph.output("mean", BATCH, 4, 1, 1).build(), 18);
        OnnxModel prepared = prepare(model);
        assertThat(prepared.operators()).containsKey("GlobalAveragePool").doesNotContainKey("ReduceMean");
        assertSameOutputs(model, prepared);
    }

    @ParameterizedTest
    @CsvSource({"true, 3, 1", "false, 3, 1", "true, 1, 0", "false, 5, 2"})
    void shouldReadAnImageOnceWhereItIsCutInFour(boolean rowsFirst, int kernel, int pad) {
        GraphBuilder graph = new GraphBuilder("focus");
        String x = graph.input("input", BATCH, 3, 32, 32);
        long end = Long.MAX_VALUE;
        List<String> quarters = new ArrayList<>();
        for (int[] from : new int[][] {{0, 0}, {1, 0}, {0, 1}, {1, 1}}) {
            String name = "q" + from[0] + from[1];
            if (rowsFirst) {
                String rows = slice(graph, x, name + "r", new long[] {from[0]}, new long[] {end}, new long[] {2});
                quarters.add(slice(graph, rows, name, new long[] {from[1]}, new long[] {end}, new long[] {-1}));
            } else {
                long[] starts = {from[1], from[0]};
                quarters.add(slice(graph, x, name, starts, new long[] {end, end}, new long[] {3, 2}));
            }
        }
        String four = graph.node("Concat", "four", quarters, integer("axis", 1));
        long[] shape = {4, 12, kernel, kernel};
        String weight =
                graph.weights("w", List.of(4L, 12L, shape[2], shape[3]), Networks.normal(1, 48 * kernel * kernel, 0.2));
        graph.node(
                "Conv",
                "c",
                List.of(four, weight),
                ints("kernel_shape", kernel, kernel),
                ints("pads", pad, pad, pad, pad));
        OnnxModel model = graph.output("c", BATCH, 4, 16, 16).build();
        OnnxModel prepared = prepare(model);
        assertThat(prepared.operators()).containsOnlyKeys("Conv");
        assertSameOutputs(model, prepared);
    }

    @Test
    void shouldLeaveFourOtherCutsOfAnImageAlone() {
        GraphBuilder graph = new GraphBuilder("halves");
        String x = graph.input("input", BATCH, 3, 32, 32);
        long[] ends = {16, 16};
        long[] axes = {2, 3};
        List<String> corners = new ArrayList<>();
        for (String name : List.of("a", "b", "c", "d")) {
            corners.add(slice(graph, x, name, new long[] {0, 1}, ends, axes));
        }
        String four = graph.node("Concat", "four", corners, integer("axis", 1));
        Networks.convolution(graph, four, "y", 12, 4, 3, 1);
        OnnxModel model = graph.output("y", BATCH, 4, 8, 8).build();
        assertThat(prepare(model).operators()).containsKeys("Slice", "Concat");
        assertSameOutputs(model, prepare(model));
    }

    private static String slice(GraphBuilder graph, String of, String name, long[] starts, long[] ends, long[] axes) {
        long[] steps = LongStream.of(axes).map(axis -> 2).toArray();
        return graph.node(
                "Slice",
                name,
                List.of(
                        of,
                        graph.integers(name + ".starts", starts),
                        graph.integers(name + ".ends", ends),
                        graph.integers(name + ".axes", axes),
                        graph.integers(name + ".steps", steps)));
    }

    @Test
    void shouldLeaveOtherFirstLayersAlone() {
        OnnxModel mixed = Networks.mixed();
        assertThat(StridedStem.apply(mixed).operators()).isEqualTo(mixed.operators());
    }

    /** Operators whose terms changed between sets 9 and 13. */
    private static OnnxModel oldNetwork() {
        GraphBuilder graph = new GraphBuilder("old");
        String x = graph.input("input", 1, 3, 32, 32);
        String padded =
                graph.node("Pad", "padded", List.of(x), ints("pads", 0, 0, 1, 1, 0, 0, 1, 1), number("value", 0.5f));
        String cut = graph.node(
                "Slice", "cut", List.of(padded), ints("starts", 1, 1), ints("ends", 33, 33), ints("axes", 2, 3));
        String clipped = graph.node(
                "Clip",
                "clipped",
                List.of(Networks.convolution(graph, cut, "c", 3, 6, 3, 1)),
                number("min", 0),
                number("max", 1.5f));
        String scales = graph.weights("scales", List.of(4L), new float[] {1, 1, 2, 2});
        String larger = graph.node("Upsample", "larger", List.of(clipped, scales), text("mode", "nearest"));
        graph.node("Softmax", "soft", List.of(larger), integer("axis", 2));
        String mean = graph.node("ReduceSum", "sum", List.of("soft"), ints("axes", 3), integer("keepdims", 0));
        graph.node("Unsqueeze", "out", List.of(mean), ints("axes", 0));
        return Networks.ofSet(graph.output("out", 1, 1, 6, 64).build(), 9);
    }

    private static OnnxModel halved(OnnxModel model) {
        var graph = model.proto().getGraph().toBuilder();
        int half = TensorProto.DataType.FLOAT16.getNumber();
        graph.getInputBuilder(0).getTypeBuilder().getTensorTypeBuilder().setElemType(half);
        graph.getOutputBuilder(0).getTypeBuilder().getTensorTypeBuilder().setElemType(half);
        for (int i = 0; i < graph.getInitializerCount(); i++) {
            float[] values = TensorValues.floats(graph.getInitializer(i));
            ByteBuffer raw = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
            for (float value : values) {
                raw.putShort(Float.floatToFloat16(value));
            }
            graph.setInitializer(
                    i,
                    graph.getInitializer(i).toBuilder().setDataType(half).setRawData(ByteString.copyFrom(raw.flip())));
        }
        return OnnxModel.of(model.proto().toBuilder().setGraph(graph).build());
    }

    private OnnxModel prepare(OnnxModel model) {
        return new GraphPreparation(engine, inputs).prepare(model);
    }

    private void assertSameOutputs(OnnxModel one, OnnxModel other) {
        assertThat(output(other)).containsExactly(output(one), within(1e-4f));
    }

    private float[] output(OnnxModel model) {
        return output(model, inputs.getFirst());
    }

    private float[] output(OnnxModel model, Tensor input) {
        try (Session session = engine.load(model.bytes(), SessionSettings.forThisMachine())) {
            return session.run(List.of(input)).getFirst().floats();
        }
    }
}
