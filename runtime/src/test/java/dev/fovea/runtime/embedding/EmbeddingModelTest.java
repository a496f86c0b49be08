package dev.fovea.runtime.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.model.Bundle;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.runtime.DecodePool;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.runtime.Tiny;
import dev.fovea.runtime.session.Engine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingModelTest {

    private static final Engine ENGINE = Engine.open();

    @TempDir
    private Path directory;

    /** The embedding is twice the mean red, green and blue; the classifier behind it swaps red and blue. */
    private static OnnxModel doubled() {
        GraphBuilder graph = new GraphBuilder("doubled");
        String pixels = graph.input("pixels", GraphBuilder.BATCH, 3, Tiny.EDGE, Tiny.EDGE);
        String twice = graph.node("Mul", "twice", List.of(pixels, graph.weights("two", List.of(), new float[] {2})));
        graph.node("Conv", "scores", List.of(twice, graph.weights("w", List.of(3L, 3L, 1L, 1L), new float[] {
            0, 0, 1, 0, 1, 0, 1, 0, 0
        })));
        graph.node(
                "ReduceMean",
                "logits",
                List.of("scores"),
                GraphBuilder.ints("axes", 2, 3),
                GraphBuilder.integer("keepdims", 0));
        return graph.output("logits", GraphBuilder.BATCH, 3).build();
    }

    private EmbeddingModel open(OnnxModel model, DecodePool pool) {
        Bundle bundle = Tiny.bundle(directory, model, ENGINE);
        return EmbeddingModel.open(ENGINE, bundle, RuntimeSettings.forThisMachine(), pool);
    }

    @Test
    void shouldGiveEachImageItsEmbeddingAndFailTheUnreadableAlone() {
        List<byte[]> images = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            images.add(i == 7 ? new byte[] {1, 2, 3} : Tiny.png(6 * i, 255, 51));
        }
        try (DecodePool pool = DecodePool.forThisMachine();
                EmbeddingModel model = open(doubled(), pool)) {
            assertThat(model.dimensions()).isEqualTo(3);
            List<ImageEmbedding> embeddings = model.embed(images);
            assertThat(embeddings).hasSize(40);
            for (int i = 0; i < 40; i++) {
                switch (embeddings.get(i)) {
                    case ImageEmbedding.Vector vector ->
                        assertThat(vector.values())
                                .containsExactly(new float[] {2 * 6 * i / 255f, 2, 0.4f}, within(1e-5f));
                    case ImageEmbedding.NotEmbedded failed -> {
                        assertThat(i).isEqualTo(7);
                        assertThat(failed.error().code()).isEqualTo(ErrorCode.IMAGE_FORMAT_UNSUPPORTED);
                    }
                }
            }
            assertThat(new ImageEmbedding.Vector(new float[] {3, 4})
                            .normalized()
                            .values())
                    .containsExactly(0.6f, 0.8f);
            assertThatThrownBy(() -> model.vectors(images)).isInstanceOf(FoveaException.class);
        }
    }

    @Test
    void shouldRefuseAModelWithoutALinearLayer() {
        try (DecodePool pool = DecodePool.forThisMachine()) {
            assertThatThrownBy(() -> open(Tiny.means(GraphBuilder.BATCH), pool))
                    .isInstanceOfSatisfying(
                            FoveaException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_SIGNATURE_UNSUPPORTED))
                    .hasMessageContaining("tiny (classification) gives no embedding");
        }
    }
}
