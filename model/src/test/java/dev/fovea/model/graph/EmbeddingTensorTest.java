package dev.fovea.model.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.model.graph.EmbeddingTensor.Channels;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddingTensorTest {

    private static GraphBuilder start() {
        GraphBuilder graph = new GraphBuilder("net");
        String pixels = graph.input("pixels", 1, 3, 4, 4);
        graph.node("Conv", "stem", List.of(pixels, graph.weights("w0", List.of(5L, 3L, 1L, 1L), new float[15])));
        graph.node("Relu", "features", List.of("stem"));
        return graph;
    }

    @Test
    void shouldFindTheInputOfAConvThatClassifies() {
        GraphBuilder graph = start();
        graph.node("Conv", "scores", List.of("features", graph.weights("w1", List.of(2L, 5L, 1L, 1L), new float[10])));
        graph.node("GlobalAveragePool", "pooled", List.of("scores"));
        graph.node("Reshape", "flat", List.of("pooled", graph.integers("shape", 1, 2)));
        graph.node("Softmax", "logits", List.of("flat"));
        OnnxModel model = graph.output("logits", 1, 2).build();
        EmbeddingTensor found = EmbeddingTensor.find(model, "logits").orElseThrow();
        assertThat(found).isEqualTo(new EmbeddingTensor("features", Channels.SECOND));
        OnnxModel cut = found.extract(model);
        assertThat(cut.outputs()).extracting(TensorSpec::name).containsExactly("features");
        assertThat(cut.proto().getGraph().getNodeList())
                .extracting(node -> node.getOpType())
                .containsExactly("Conv", "Relu");
    }

    @Test
    void shouldFindTheInputOfAMatMulBeforeItsBias() {
        GraphBuilder graph = start();
        graph.node("GlobalAveragePool", "pooled", List.of("features"));
        graph.node("Flatten", "flat", List.of("pooled"));
        graph.node("MatMul", "product", List.of("flat", graph.weights("w1", List.of(5L, 2L), new float[10])));
        graph.node("Add", "logits", List.of("product", graph.weights("b", List.of(2L), new float[2])));
        OnnxModel model = graph.output("logits", 1, 2).build();
        assertThat(EmbeddingTensor.find(model, "logits")).contains(new EmbeddingTensor("flat", Channels.LAST));
    }

    @Test
    void shouldFindNoneWhereTwoBranchesMeet() {
        GraphBuilder graph = start();
        graph.node("Relu", "other", List.of("stem"));
        graph.node("Concat", "logits", List.of("features", "other"), GraphBuilder.integer("axis", 1));
        OnnxModel model = graph.output("logits", 1, 10, 4, 4).build();
        assertThat(EmbeddingTensor.find(model, "logits")).isEmpty();
    }

    @Test
    void shouldFindNoneBeforeTheFirstLayer() {
        assertThat(EmbeddingTensor.find(start().output("features", 1, 5, 4, 4).build(), "features"))
                .isEmpty();
    }

    @Test
    void shouldTakeTheMeanOverAllButTheFeatures() {
        float[] values = {1, 3, 5, 7, 2, 4, 6, 8};
        assertThat(new EmbeddingTensor("x", Channels.SECOND).pool(new long[] {1, 2, 2, 2}, values))
                .isDeepEqualTo(new float[][] {{4, 5}});
        assertThat(new EmbeddingTensor("x", Channels.LAST).pool(new long[] {1, 4, 2}, values))
                .isDeepEqualTo(new float[][] {{3.5f, 5.5f}});
        assertThat(new EmbeddingTensor("x", Channels.LAST).pool(new long[] {2, 4}, values))
                .isDeepEqualTo(new float[][] {{1, 3, 5, 7}, {2, 4, 6, 8}});
    }
}
