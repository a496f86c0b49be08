package dev.fovea.quantize.rules;

import static dev.fovea.model.graph.GraphBuilder.BATCH;
import static dev.fovea.model.graph.GraphBuilder.integer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.GraphIndex;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.quantize.numeric.IntegerType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Against algorithm 1 of Frantar et al. 2023 in numpy: {@code U = cholesky(inv(H + 0.01 · mean(diag H) · I)).T}, then
 * one weight after another.
 */
class GptqRoundingTest {

    private static final float[][] INPUTS = {{1, 2, 0, 1}, {0, 1, 1, -1}, {2, 1, -1, 0.5f}, {1, 1, 1, 1}};
    private static final float[] WEIGHTS = {0.9f, -0.33f, 0.26f, 0.14f, -0.05f, 0.62f, -0.48f, 1.1f};

    /** Nearest would be 4 −1 1 1 and 0 2 −2 4, or 4 −2 1 1 and 0 3 −2 6. */
    @ParameterizedTest
    @CsvSource({"0.25, 4 -2 1 1 0 2 -2 5", "0.2, 4 -1 1 1 0 3 -2 5"})
    void shouldLetLaterWeightsMakeUpForTheRoundingOfEarlierOnes(float scale, String integers) {
        GptqRounding rounding = hessian().rounding(IntegerType.S8);
        assertThat(rounding.fits(2, 8)).isTrue();
        byte[] rounded = rounding.round(WEIGHTS, new float[] {scale, scale});
        List<String> words = List.of(integers.split(" "));
        for (int i = 0; i < rounded.length; i++) {
            assertThat(rounded[i]).as("weight %d", i).isEqualTo(Byte.parseByte(words.get(i)));
        }
    }

    /** With inputs that know nothing of each other there is nothing to make up for. */
    @Test
    void shouldRoundToTheNearestWhereInputsAreIndependent() {
        InputHessian hessian = InputHessian.of(node(), graph(), 4).orElseThrow();
        for (int i = 0; i < 4; i++) {
            float[] one = new float[4];
            one[i] = 1;
            hessian.add(one, new long[] {1, 4});
        }
        byte[] rounded = hessian.rounding(IntegerType.S8).round(WEIGHTS, new float[] {0.25f, 0.25f});
        assertThat(rounded).containsExactly(4, -1, 1, 1, 0, 2, -2, 4);
    }

    @Test
    void shouldNotFitRowsOfAnotherLength() {
        assertThat(hessian().rounding(IntegerType.S8).fits(2, 10)).isFalse();
    }

    private static InputHessian hessian() {
        InputHessian hessian = InputHessian.of(node(), graph(), INPUTS.length).orElseThrow();
        for (float[] input : INPUTS) {
            hessian.add(input, new long[] {1, 4});
        }
        return hessian;
    }

    private static GraphIndex graph() {
        GraphBuilder graph = new GraphBuilder("layer");
        String x = graph.input("input", BATCH, 4);
        graph.node("Gemm", "y", List.of(x, graph.weights("w", List.of(2L, 4L), WEIGHTS)), integer("transB", 1));
        OnnxModel model = graph.output("y", BATCH, 2).build();
        return new GraphIndex(model);
    }

    private static ai.onnx.proto.OnnxMl.NodeProto node() {
        return graph().nodes().getFirst();
    }
}
