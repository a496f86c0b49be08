package dev.fovea.quantize.rewrite;

import static dev.fovea.model.graph.GraphBuilder.BATCH;
import static dev.fovea.model.graph.GraphBuilder.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.GraphIndex;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/**
 * By hand: {@code −8 · sigmoid(−8) = −0.0027}; {@code max(0, min(1, alpha · x + beta))} is 0 from −beta / alpha down.
 */
class GatingTest {

    @Test
    void shouldEndWhereTheGateCloses() {
        assertThat(floor(gated("Sigmoid")).orElseThrow()).isEqualTo(-8);
        assertThat(floor(gated("HardSigmoid")).orElseThrow()).isCloseTo(-2.5, within(1e-6));
        assertThat(floor(gated("HardSigmoid", number("alpha", 1 / 6f))).orElseThrow())
                .as("hard swish")
                .isCloseTo(-3, within(1e-6));
    }

    @Test
    void shouldHaveNoFloorWithoutAGate() {
        assertThat(floor(gated("Tanh"))).isEmpty();
        assertThat(floor(gated("HardSigmoid", number("alpha", -0.2f))))
                .as("falling")
                .isEmpty();
    }

    @Test
    void shouldHaveNoFloorWhereOthersTakeTheValueOrTheGate() {
        GraphBuilder third = gated("Sigmoid");
        third.node("Neg", "other", List.of("x"));
        assertThat(floor(third)).isEmpty();
        GraphBuilder gateTwice = gated("Sigmoid");
        gateTwice.node("Neg", "other", List.of("gate"));
        assertThat(floor(gateTwice)).isEmpty();
        assertThat(floor(gated("Sigmoid").output("x", BATCH, 2))).isEmpty();
    }

    /** {@code x = −input; product = x · type(x)}. */
    private static GraphBuilder gated(String type, AttributeProto... attributes) {
        GraphBuilder graph = new GraphBuilder("gated");
        String x = graph.node("Neg", "x", List.of(graph.input("input", BATCH, 2)));
        String product = graph.node("Mul", "product", List.of(x, graph.node(type, "gate", List.of(x), attributes)));
        return graph.output(product, BATCH, 2);
    }

    private static OptionalDouble floor(GraphBuilder graph) {
        return Gating.floor("x", new GraphIndex(graph.build()));
    }
}
