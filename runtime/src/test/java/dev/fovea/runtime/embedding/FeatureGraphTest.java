package dev.fovea.runtime.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.fovea.model.graph.EmbeddingTensor;
import dev.fovea.model.graph.EmbeddingTensor.Channels;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.head.FeatureGraph;
import dev.fovea.model.head.FeatureTransform;
import dev.fovea.model.head.LinearHead;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.Session;
import dev.fovea.runtime.session.SessionSettings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A cut network with a new head, run by ONNX Runtime. */
class FeatureGraphTest {

    private static final Engine ENGINE = Engine.open();
    private static final LinearHead HEAD = new LinearHead(2, 3, new float[] {1, 10, 100, 0, 0, -1}, new float[] {5, 7});

    private static float[] run(OnnxModel model, float... pixels) {
        ByteBuffer bytes = ByteBuffer.allocate(pixels.length * Float.BYTES).order(ByteOrder.nativeOrder());
        for (float pixel : pixels) {
            bytes.putFloat(pixel);
        }
        try (Session session = ENGINE.load(model.bytes(), SessionSettings.forThisMachine())) {
            assertThat(session.outputs()).hasSize(1);
            return session.run(List.of(new Tensor("pixels", DataType.FP32, new long[] {1, 3, 1, 2}, bytes.flip())))
                    .getFirst()
                    .floats();
        }
    }

    /** SqueezeNet's shape: a Conv classifies and the mean comes after it. */
    private static OnnxModel convolutional() {
        GraphBuilder graph = new GraphBuilder("net");
        String pixels = graph.input("pixels", 1, 3, 1, 2);
        graph.node("Relu", "map", List.of(pixels));
        graph.node("Conv", "scores", List.of("map", graph.weights("old", List.of(9L, 3L, 1L, 1L), new float[27])));
        graph.node("GlobalAveragePool", "pooled", List.of("scores"));
        return graph.output("pooled", 1, 9, 1, 1).build();
    }

    @Test
    void shouldClassifyTheMeanOfAFeatureMap() {
        FeatureGraph features = FeatureGraph.of(
                convolutional(), new EmbeddingTensor("map", Channels.SECOND), new long[] {1, 3, 1, 2}, DataType.FP32);
        assertThat(features.features()).isEqualTo(3);
        // means 2, 3 and 0 after the ReLU
        assertThat(run(features.model(), 1, 3, 2, 4, -1, -5)).containsExactly(2, 3, 0);
        assertThat(run(features.with(FeatureTransform.PLAIN, HEAD), 1, 3, 2, 4, -1, -5))
                .containsExactly(2 + 30 + 5, 7);
    }

    @Test
    void shouldTakeRootsWithTheirSign() {
        GraphBuilder graph = new GraphBuilder("net");
        String pixels = graph.input("pixels", 1, 3, 1, 2);
        graph.node("Neg", "map", List.of(graph.node("Neg", "negated", List.of(pixels))));
        OnnxModel model = graph.output("map", 1, 3, 1, 2).build();
        FeatureGraph features = FeatureGraph.of(
                model, new EmbeddingTensor("map", Channels.SECOND), new long[] {1, 3, 1, 2}, DataType.FP32);
        // means 4, 0 and -9, whose roots are 2, 0 and -3
        assertThat(run(features.with(FeatureTransform.SIGNED_ROOTS, HEAD), 3, 5, 1, -1, -8, -10))
                .containsExactly(2 - 300 + 5, 3 + 7);
    }

    @Test
    void shouldLeaveTheOldClassifierOut() {
        OnnxModel classifier = FeatureGraph.of(
                        convolutional(),
                        new EmbeddingTensor("map", Channels.SECOND),
                        new long[] {1, 3, 1, 2},
                        DataType.FP32)
                .with(FeatureTransform.PLAIN, HEAD);
        assertThat(classifier.parameters()).isEqualTo(2 * 3 + 2);
        assertThat(classifier.proto().getGraph().getNodeList())
                .extracting(NodeProto::getOpType)
                .containsExactly("Relu", "GlobalAveragePool", "Flatten", "Gemm");
    }

    @Test
    void shouldPutAHeadInThePlaceOfAnother() {
        OnnxModel first = FeatureGraph.of(
                        convolutional(),
                        new EmbeddingTensor("map", Channels.SECOND),
                        new long[] {1, 3, 1, 2},
                        DataType.FP32)
                .with(FeatureTransform.PLAIN, HEAD);
        EmbeddingTensor found =
                EmbeddingTensor.find(first, first.outputs().getFirst().name()).orElseThrow();
        OnnxModel second = FeatureGraph.of(first, found, new long[] {1, 3}, DataType.FP32)
                .with(FeatureTransform.PLAIN, new LinearHead(1, 3, new float[] {1, 1, 1}, new float[] {0.5f}));
        assertThat(second.parameters()).isEqualTo(4);
        assertThat(run(second, 1, 3, 2, 4, -1, -5)).containsExactly(5.5f);
    }

    /** A transformer's tokens {@code [N,T,D]} in half precision. */
    @Test
    void shouldClassifyTheMeanOfTokens() {
        GraphBuilder graph = new GraphBuilder("net");
        String pixels = graph.input("pixels", 1, 3, 1, 2);
        graph.node("Reshape", "flat", List.of(pixels, graph.integers("shape", 1, 3, 2)));
        graph.node("Transpose", "rows", List.of("flat"), GraphBuilder.ints("perm", 0, 2, 1));
        graph.node("Cast", "tokens", List.of("rows"), GraphBuilder.integer("to", 10));
        OnnxModel model = graph.output("tokens", 1, 2, 3).build();
        FeatureGraph features = FeatureGraph.of(
                model, new EmbeddingTensor("tokens", Channels.LAST), new long[] {1, 2, 3}, DataType.FP16);
        assertThat(run(features.with(FeatureTransform.PLAIN, HEAD), 1, 3, 2, 4, 0.25f, 0.75f))
                .containsExactly(new float[] {2 + 30 + 50 + 5, 6.5f}, within(1e-3f));
    }
}
