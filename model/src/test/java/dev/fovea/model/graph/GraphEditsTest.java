package dev.fovea.model.graph;

import static dev.fovea.model.graph.GraphBuilder.BATCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GraphEditsTest {

    @Test
    void shouldFoldNormalisationIntoTheConvolution() {
        GraphBuilder builder = new GraphBuilder("fold");
        String y = convolution(builder, builder.input("x", BATCH, 1, 2, 2));
        OnnxModel folded = BatchNormFolding.fold(
                builder.output(norm(builder, y), BATCH, 2, 2, 2).build());
        assertThat(folded.operators()).containsExactly(Map.entry("Conv", 1));
        // scale = gamma / sqrt(var + eps) = 3 / 2 and 1 / 4; bias = (b − mean) · scale + beta
        assertThat(values(folded, "w")).containsExactly(new float[] {3, 1.25f}, within(1e-6f));
        assertThat(values(folded, "b")).containsExactly(new float[] {8.5f, 19.75f}, within(1e-6f));
        assertThat(folded.outputs()).singleElement().hasToString("normed float[batch, 2, 2, 2]");
    }

    @Test
    void shouldLeaveNormalisationAloneWhenTheConvolutionIsUsedElsewhere() {
        GraphBuilder builder = new GraphBuilder("fold");
        String y = convolution(builder, builder.input("x", BATCH, 1, 2, 2));
        String sum = builder.node("Add", "sum", List.of(norm(builder, y), y));
        OnnxModel folded =
                BatchNormFolding.fold(builder.output(sum, BATCH, 2, 2, 2).build());
        assertThat(folded.operators()).containsKeys("Conv", "BatchNormalization", "Add");
        assertThat(values(folded, "w")).containsExactly(2, 5);
    }

    @Test
    void shouldMakeTheBatchSymbolicInReshapesToo() {
        GraphBuilder builder = new GraphBuilder("fixed");
        String x = builder.input("x", 1, 3, 4, 4);
        builder.node("Reshape", "flat", List.of(x, builder.integers("shape", 1, -1)));
        OnnxModel edited =
                GraphEdits.withSymbolicBatch(builder.output("flat", 1, 48).build());
        assertThat(edited.inputs()).singleElement().hasToString("x float[batch, 3, 4, 4]");
        assertThat(edited.outputs()).singleElement().hasToString("flat float[batch, 48]");
        assertThat(TensorValues.longs(edited.proto().getGraph().getInitializer(0)))
                .containsExactly(0, -1);
    }

    @Test
    void shouldNotTakeTheShapeThatWeightsAreBroughtToForABatch() {
        GraphBuilder builder = new GraphBuilder("scaled");
        String x = builder.input("x", 1, 3, 4, 4);
        String scale = builder.weights("scale", List.of(3L), new float[] {1, 2, 3});
        builder.node("Reshape", "wide", List.of(scale, builder.integers("shape", 1, -1, 1, 1)));
        builder.node("Mul", "y", List.of(x, "wide"));
        OnnxModel edited =
                GraphEdits.withSymbolicBatch(builder.output("y", 1, 3, 4, 4).build());
        assertThat(TensorValues.longs(edited.proto().getGraph().getInitializer(1)))
                .containsExactly(1, -1, 1, 1);
    }

    private static String convolution(GraphBuilder builder, String x) {
        String weights = builder.weights("w", List.of(2L, 1L, 1L, 1L), new float[] {2, 5});
        return builder.node("Conv", "conv", List.of(x, weights, builder.weights("b", List.of(2L), new float[] {4, 7})));
    }

    private static String norm(GraphBuilder builder, String y) {
        return builder.node(
                "BatchNormalization",
                "normed",
                List.of(
                        y,
                        builder.weights("gamma", List.of(2L), new float[] {3, 1}),
                        builder.weights("beta", List.of(2L), new float[] {1, 20}),
                        builder.weights("mean", List.of(2L), new float[] {-1, 8}),
                        builder.weights("var", List.of(2L), new float[] {4, 16})),
                GraphBuilder.number("epsilon", 0));
    }

    private static float[] values(OnnxModel model, String name) {
        TensorProto tensor = model.proto().getGraph().getInitializerList().stream()
                .filter(i -> i.getName().equals(name))
                .findFirst()
                .orElseThrow();
        return TensorValues.floats(tensor);
    }
}
