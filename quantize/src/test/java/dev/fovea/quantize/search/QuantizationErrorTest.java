package dev.fovea.quantize.search;

import static dev.fovea.model.graph.GraphBuilder.BATCH;
import static dev.fovea.model.graph.GraphBuilder.integer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.session.Engine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By hand: Σ (y − ŷ)² / Σ y². */
class QuantizationErrorTest {

    private static final List<Tensor> INPUTS = List.of(input(1, -2), input(3, 0.5f));

    private final Engine engine = Engine.open();

    /** A factor f in place of 2 errs by (2 − f)² / 2² whatever the inputs; 0.2 is −20 dB. */
    @ParameterizedTest
    @CsvSource({"2, 0", "2.2, 0.01", "1, 0.25", "0, 1", "-2, 4"})
    void shouldBeTheShareOfSquaredDifferences(float factor, double expected) {
        assertThat(new QuantizationError(engine, scaled(2, false), INPUTS).of(scaled(factor, false)))
                .isCloseTo(expected, within(1e-6));
    }

    @Test
    void shouldComparePlainNumbersBeforeTheSoftmax() {
        assertThat(new QuantizationError(engine, scaled(2, true), INPUTS).of(scaled(2.2f, true)))
                .isCloseTo(0.01, within(1e-6));
    }

    @Test
    void shouldBeInfiniteWhereAnOutputIsNoNumber() {
        assertThat(new QuantizationError(engine, scaled(2, false), INPUTS).of(scaled(Float.NaN, false)))
                .isEqualTo(Double.POSITIVE_INFINITY);
    }

    private static Tensor input(float... values) {
        return Tensor.of("input", new long[] {1, 2}, values);
    }

    private static OnnxModel scaled(float factor, boolean softmax) {
        GraphBuilder graph = new GraphBuilder("scaled");
        String x = graph.input("input", BATCH, 2);
        String y = graph.node("Mul", "y", List.of(x, graph.weights("f", List.of(1L), new float[] {factor})));
        if (softmax) {
            y = graph.node("Softmax", "p", List.of(y), integer("axis", 1));
        }
        return graph.output(y, BATCH, 2).build();
    }
}
