package dev.fovea.quantize.calibration;

import static dev.fovea.model.graph.GraphBuilder.BATCH;
import static dev.fovea.model.graph.GraphBuilder.integer;
import static dev.fovea.model.graph.GraphBuilder.ints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.GraphIndex;
import dev.fovea.quantize.numeric.IntegerType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By hand: (W − W_q) · E[x], after Nagel et al. 2019, section 4.2. Scales are 0.1 and 0.02. */
class BiasCorrectionTest {

    /** Errors −0.04, 0 and 0, −0.009 of the second and third weight, with means 10, 2, 3. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void shouldCorrectTheShiftOfAMatrixProduct(int transposed) {
        float[] rows = {12.7f, -3.14f, 0, 0, -2.54f, 0.011f};
        float[] columns = {12.7f, 0, -3.14f, -2.54f, 0, 0.011f};
        GraphBuilder graph = new GraphBuilder("product");
        String x = graph.input("input", BATCH, 3);
        String weight = transposed == 1
                ? graph.weights("w", List.of(2L, 3L), rows)
                : graph.weights("w", List.of(3L, 2L), columns);
        graph.node("Gemm", "y", List.of(x, weight), integer("transB", transposed));
        double[] shift = shift(graph.output("y", BATCH, 2), 10, 2, 3).orElseThrow();
        assertThat(shift[0]).isCloseTo(-0.04 * 2, within(1e-5));
        assertThat(shift[1]).isCloseTo(-0.009 * 3, within(1e-5));
    }

    /** Two groups of one channel and two places each: errors are summed over places. */
    @Test
    void shouldCorrectTheShiftOfAConvolution() {
        GraphBuilder graph = new GraphBuilder("convolution");
        String x = graph.input("input", BATCH, 2, 4, 4);
        String weight = graph.weights("w", List.of(2L, 1L, 1L, 2L), new float[] {12.7f, -3.14f, 2.54f, 0.011f});
        graph.node("Conv", "y", List.of(x, weight), ints("kernel_shape", 1, 2), integer("group", 2));
        GraphBuilder built = graph.output("y", BATCH, 2, 4, 3);
        double[] shift = shift(built, 10, 4).orElseThrow();
        assertThat(shift[0]).isCloseTo(-0.04 * 10, within(1e-5));
        assertThat(shift[1]).isCloseTo(-0.009 * 4, within(1e-5));
        assertThat(shift(built, 10, 4, 5)).as("means of other channels").isEmpty();
    }

    private static Optional<double[]> shift(GraphBuilder builder, double... means) {
        GraphIndex graph = new GraphIndex(builder.build());
        return BiasCorrection.of(graph.nodes().getFirst(), graph, means, IntegerType.S8, Optional.empty());
    }
}
