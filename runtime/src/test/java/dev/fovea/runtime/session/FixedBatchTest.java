package dev.fovea.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.model.Bundle;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.DecodePool;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.runtime.Tiny;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FixedBatchTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 5, 9})
    void shouldGiveEachImageItsOwnOutputWhateverTheirNumber(int items) {
        float[] pixels = new float[items * 3 * Tiny.EDGE * Tiny.EDGE];
        int each = 3 * Tiny.EDGE * Tiny.EDGE;
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) (i / each + 1) / 16;
        }
        OnnxModel model = Tiny.means(4);
        try (Session session = Engine.open().load(model.bytes(), SessionSettings.forThisMachine())) {
            assertThat(session.fixedBatch()).isEqualTo(4);
            Tensor output = session.run(
                            List.of(Tensor.of("pixels", new long[] {items, 3, Tiny.EDGE, Tiny.EDGE}, pixels)))
                    .getFirst();
            assertThat(output.shape()).containsExactly(items, 3);
            float[] expected = new float[items * 3];
            for (int i = 0; i < expected.length; i++) {
                expected[i] = (float) (i / 3 + 1) / 16;
            }
            assertThat(output.floats()).containsExactly(expected);
        }
    }

    @Test
    void shouldServeImagesOfANetworkForFourAtOnce() throws Exception {
        Bundle bundle = Tiny.bundle(directory, Tiny.means(4), Engine.open());
        try (DecodePool workers = new DecodePool(2, 64, 10_000_000);
                LoadedModel model =
                        LoadedModel.load(Engine.open(), bundle, RuntimeSettings.forThisMachine(), workers, () -> {});
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(model.unbatched()).isEmpty();
            assertThat(model.batch().maxBatch()).isEqualTo(4);
            assertThat(model.signature().inputs().getFirst().shape()[0]).isEqualTo(-1);
            var answers = IntStream.range(0, 24)
                    .mapToObj(i -> callers.submit(() -> model.predict(
                                    Tiny.png(i % 3 == 0 ? 255 : 0, i % 3 == 1 ? 255 : 0, i % 3 == 2 ? 255 : 0),
                                    Deadline.in(Duration.ofSeconds(60)))
                            .classification()
                            .best()
                            .label()))
                    .toList();
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get()).isEqualTo(Tiny.LABELS.get(i % 3));
            }
        }
    }

    @Test
    void shouldRunWithBatchSizeOneWhereOutputsDependOnBatch() {
        GraphBuilder graph = new GraphBuilder("mixing");
        String pixels = graph.input("pixels", 4, 3, Tiny.EDGE, Tiny.EDGE);
        String mean = graph.node(
                "ReduceMean",
                "mean",
                List.of(pixels),
                GraphBuilder.ints("axes", 2, 3),
                GraphBuilder.integer("keepdims", 0));
        String all = graph.node("ReduceMean", "all", List.of(mean), GraphBuilder.ints("axes", 0));
        graph.node("Sub", "logits", List.of(mean, all));
        Bundle bundle = Tiny.bundle(directory, graph.output("logits", 4, 3).build(), Engine.open());
        try (DecodePool workers = new DecodePool(1, 8, 1_000_000);
                LoadedModel model =
                        LoadedModel.load(Engine.open(), bundle, RuntimeSettings.forThisMachine(), workers, () -> {})) {
            assertThat(model.unbatched()).isPresent();
            assertThat(model.batch().maxBatch()).isEqualTo(1);
        }
    }
}
