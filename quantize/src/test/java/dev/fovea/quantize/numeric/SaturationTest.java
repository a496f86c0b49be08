package dev.fovea.quantize.numeric;

import static dev.fovea.model.graph.GraphBuilder.BATCH;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.GraphIndex;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By hand: integers end at scale · (min − zero) and scale · (max − zero). */
class SaturationTest {

    /** Relu ends at 0: integers from 0 on implement it. A whole step below, they do not. */
    @ParameterizedTest
    @CsvSource({"0, true", "1, false"})
    void shouldImplementReluWhenTheRangeStartsAtZero(int zero, boolean done) {
        Affine affine = new Affine(IntegerType.U8, 0.5f, zero);
        assertThat(Saturation.isDoneBy(affine, new Range(0, Float.MAX_VALUE))).isEqualTo(done);
    }

    /** Clip at 6 by steps of 6/255 = 0.0235…: 255 of them end there. By steps of 0.0237 they end at 6.04. */
    @ParameterizedTest
    @CsvSource({"0.023529412, true", "0.0237, false"})
    void shouldImplementClipWhenTheRangeEndsAtItsBounds(float scale, boolean done) {
        Affine affine = new Affine(IntegerType.U8, scale, 0);
        assertThat(Saturation.isDoneBy(affine, new Range(0, 6))).isEqualTo(done);
    }

    /** Integers end at −5 and 122.5: half a step is 0.25, and a thousandth of one is 0.0005. */
    @ParameterizedTest
    @CsvSource({
        "-5, 122.5, true",
        "-4.7496, 122.5, true",
        "-4.7490, 122.5, false",
        "-5, 122.2496, true",
        "-5, 122.2490, false",
        "-9, 200, true"
    })
    void shouldAllowHalfAStepAndAThousandth(double low, double high, boolean done) {
        Affine affine = new Affine(IntegerType.U8, 0.5f, 10);
        assertThat(Saturation.isDoneBy(affine, new Range(low, high))).isEqualTo(done);
    }

    @Test
    void shouldReadTheBoundsOfReluAndClip() {
        double most = Float.MAX_VALUE;
        assertThat(Saturation.bounds(last(graph("Relu")), index(graph("Relu")))).contains(new Range(0, most));
        assertThat(clip("low", "high")).isEqualTo("Range[low=-1.0, high=6.0]");
        assertThat(clip("low")).isEqualTo(new Range(-1, most).toString());
        assertThat(clip("", "high")).isEqualTo(new Range(-most, 6).toString());
        assertThat(clip("high")).as("6 and above").isEqualTo("none");
        assertThat(clip("computed", "high")).as("no constant").isEqualTo("none");
        assertThat(Saturation.bounds(last(graph("Sigmoid")), index(graph("Sigmoid"))))
                .isEmpty();
    }

    @Test
    void shouldTakeTheOnlyConsumerOfAnOperator() {
        GraphIndex relu = index(graph("Relu"));
        assertThat(Saturation.given(relu.nodes().getFirst(), relu)).isEqualTo("y");
        GraphIndex sigmoid = index(graph("Sigmoid"));
        assertThat(Saturation.given(sigmoid.nodes().getFirst(), sigmoid)).isEqualTo("computed");
        GraphBuilder two = graph("Relu");
        two.node("Sigmoid", "z", List.of("computed"));
        GraphIndex shared = index(two.output("z", BATCH, 2));
        assertThat(Saturation.given(shared.nodes().getFirst(), shared)).isEqualTo("computed");
    }

    private static String clip(String... bounds) {
        GraphBuilder graph = graph("Clip", bounds);
        return Saturation.bounds(last(graph), index(graph)).map(Range::toString).orElse("none");
    }

    /** {@code x → Neg → computed → type → y}. */
    private static GraphBuilder graph(String type, String... bounds) {
        GraphBuilder graph = new GraphBuilder("bounded");
        graph.weights("low", List.of(), new float[] {-1});
        graph.weights("high", List.of(), new float[] {6});
        String computed = graph.node("Neg", "computed", List.of(graph.input("x", BATCH, 2)));
        List<String> inputs = new ArrayList<>(List.of(computed));
        inputs.addAll(List.of(bounds));
        return graph.output(graph.node(type, "y", inputs), BATCH, 2);
    }

    private static GraphIndex index(GraphBuilder graph) {
        return new GraphIndex(graph.build());
    }

    private static NodeProto last(GraphBuilder graph) {
        return index(graph).nodes().getLast();
    }
}
