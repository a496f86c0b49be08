package dev.fovea.quantize.search;

import static dev.fovea.model.graph.GraphBuilder.BATCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.GraphIndex;
import dev.fovea.quantize.Networks;
import dev.fovea.runtime.session.Profile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** By hand, from a profile such as ONNX Runtime writes: which operator's microseconds count for which tensor. */
class OperatorCostsTest {

    private final GraphBuilder optimized = new GraphBuilder("optimized");
    private final Map<String, Profile.ProfiledOperator> operators = new HashMap<>();

    @Test
    void shouldCountFusedOperatorsForWhatTheyGive() {
        ran("QLinearConv", "first::quantized", "input::quantized", 100, 800);
        OperatorCosts costs = costs();
        assertThat(costs.micros("first")).as("convolution and Relu in one").isEqualTo(100);
        assertThat(costs.values("first")).isEqualTo(800);
        assertThat(costs.micros("a")).as("fused into the Relu").isZero();
        assertThat(costs.values("a")).isZero();
    }

    /** 40 + 20 µs for 4,000 + 2,000 values is 0.01 µs each. */
    @Test
    void shouldDivideTheTimeOfConversionsByTheirValues() {
        ran("QuantizeLinear", "input::quantized", "input", 40, 4000);
        ran("QLinearConv", "first::quantized", "input::quantized", 100, 800);
        ran("DequantizeLinear", "made_7", "b::quantized", 20, 2000);
        assertThat(costs().conversion()).isCloseTo(0.01, within(1e-12));
        assertThat(costs().micros("input")).isEqualTo(40);
    }

    @Test
    void shouldCostNothingToConvertWhereNothingWasConverted() {
        ran("Conv", "b", "first", 60, 800);
        assertThat(costs().conversion()).isZero();
    }

    /**
     * The runtime's own names lead back to what they were made of: 60 + 20 + 5 µs, and the most values of the three.
     */
    @Test
    void shouldCountLayoutChangesForWhatTheyTake() {
        ran("QLinearConv", "b::quantized", "first::quantized", 60, 800);
        ran("DequantizeLinear", "made_7", "b::quantized", 20, 2000);
        ran("ReorderOutput", "made_8", "made_7", 5, 900);
        OperatorCosts costs = costs();
        assertThat(costs.micros("b")).isEqualTo(85);
        assertThat(costs.values("b")).isEqualTo(2000);
    }

    private void ran(String type, String output, String input, double micros, long values) {
        optimized.node(type, output, List.of(input));
        operators.put(output, new Profile.ProfiledOperator(type, micros, values));
    }

    /** Of {@code input → Conv a → Relu first → Conv b}. */
    private OperatorCosts costs() {
        GraphBuilder graph = new GraphBuilder("layers");
        String a = Networks.convolution(graph, graph.input("input", BATCH, 1, 4, 4), "a", 1, 2, 3, 1);
        String b = Networks.convolution(graph, graph.node("Relu", "first", List.of(a)), "b", 2, 2, 3, 1);
        GraphIndex index = new GraphIndex(graph.output(b, BATCH, 2, 4, 4).build());
        return OperatorCosts.of(new Profile(optimized.build(), operators), index);
    }
}
