package dev.fovea.quantize.rules;

import static dev.fovea.model.graph.GraphBuilder.BATCH;
import static dev.fovea.model.graph.GraphBuilder.integer;
import static dev.fovea.model.graph.GraphBuilder.ints;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.GraphIndex;
import java.util.List;
import org.junit.jupiter.api.Test;

/** By hand: the upper half of {@code x xᵀ} for what one place of a layer sees, each layer having one place only. */
class InputHessianTest {

    private static final float[] IMAGE = {1, 2, 3, 4, 5, 6, 7, 8, 9};

    @Test
    void shouldSumTheInputProductsOfAMatrixProduct() {
        GraphBuilder graph = new GraphBuilder("product");
        String x = graph.input("input", BATCH, 3);
        graph.node("Gemm", "y", List.of(x, graph.weights("w", List.of(2L, 3L), new float[6])), integer("transB", 1));
        InputHessian hessian = of(graph.output("y", BATCH, 2));
        hessian.add(new float[] {1, 2, 3}, new long[] {1, 3});
        hessian.add(new float[] {0, 1, -1}, new long[] {1, 3});
        assertThat(hessian.of(0)).containsExactly(1, 2, 3, 0, 5, 5, 0, 0, 10);
    }

    /** The corners of 3 × 3: 1, 3, 7, 9. */
    @Test
    void shouldStepOverPixelsAsTheDilationSays() {
        InputHessian hessian = convolution(1, 1, 2, ints("dilations", 2, 2));
        hessian.add(IMAGE, new long[] {1, 1, 3, 3});
        assertThat(hessian.of(0)).containsExactly(1, 3, 7, 9, 0, 9, 21, 27, 0, 0, 49, 63, 0, 0, 0, 81);
    }

    @Test
    void shouldSeeZerosBeyondTheBorder() {
        InputHessian hessian = convolution(1, 1, 3, ints("pads", 1, 1, 1, 1));
        hessian.add(new float[] {5}, new long[] {1, 1, 1, 1});
        float[] expected = new float[81];
        expected[4 * 9 + 4] = 25;
        assertThat(hessian.of(0)).containsExactly(expected);
    }

    @Test
    void shouldKeepAMatrixForEachGroup() {
        InputHessian hessian = convolution(4, 2, 1);
        hessian.add(new float[] {1, 2, 3, 4}, new long[] {1, 4, 1, 1});
        assertThat(hessian.groups()).isEqualTo(2);
        assertThat(hessian.of(0)).containsExactly(1, 2, 0, 4);
        assertThat(hessian.of(1)).containsExactly(9, 12, 0, 16);
    }

    private static InputHessian convolution(int channels, int groups, int kernel, AttributeProto... attributes) {
        GraphBuilder graph = new GraphBuilder("convolution");
        String x = graph.input("input", BATCH, channels, 3, 3);
        int perGroup = channels / groups;
        String weight = graph.weights(
                "w",
                List.of((long) groups, (long) perGroup, (long) kernel, (long) kernel),
                new float[groups * perGroup * kernel * kernel]);
        AttributeProto[] all = java.util.Arrays.copyOf(attributes, attributes.length + 2);
        all[attributes.length] = ints("kernel_shape", kernel, kernel);
        all[attributes.length + 1] = integer("group", groups);
        graph.node("Conv", "y", List.of(x, weight), all);
        return of(graph.output("y", BATCH, groups, 1, 1));
    }

    private static InputHessian of(GraphBuilder builder) {
        GraphIndex graph = new GraphIndex(builder.build());
        return InputHessian.of(graph.nodes().getFirst(), graph, 2).orElseThrow();
    }
}
