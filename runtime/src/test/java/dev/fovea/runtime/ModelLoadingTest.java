package dev.fovea.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.batching.BatchSettings;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.Session;
import dev.fovea.runtime.session.SessionSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelLoadingTest {

    private static final Engine ENGINE = Engine.open();
    private static final OnnxModel ONE_BY_ONE = Tiny.means(1);
    private static final OnnxModel IN_BATCHES = Tiny.means(GraphBuilder.BATCH);

    @TempDir
    private Path directory;

    @Test
    void shouldRunRewrittenGraphThatPassesTheGoldenTests() {
        ModelLoading loading = load(Optional.of(IN_BATCHES));
        try (Session session = loading.session();
                Session replacement = loading.sessions().get()) {
            assertThat(session.batches()).isTrue();
            assertThat(replacement.batches()).isTrue();
        }
    }

    @Test
    void shouldRunTheModelsOwnGraphWhereTheRewrittenOneHasOtherOutputs() {
        ModelLoading loading = load(Optional.of(Tiny.roots()));
        List<Tensor> sample = loading.batching().sample();
        try (Session session = loading.session();
                Session replacement = loading.sessions().get();
                Session own = ENGINE.load(ONE_BY_ONE.bytes(), new SessionSettings(1, false))) {
            float[] expected = own.run(sample).getFirst().floats();
            assertThat(session.run(sample).getFirst().floats()).isEqualTo(expected);
            assertThat(replacement.run(sample).getFirst().floats()).isEqualTo(expected);
        }
    }

    @Test
    void shouldRunTheModelsOwnGraphWithoutRewriting() {
        try (Session session = load(Optional.empty()).session()) {
            assertThat(session.batches()).isFalse();
        }
    }

    @Test
    void shouldShareOneGraphBetweenSessionsThatEndByThemselves() {
        ModelLoading loading = load(Optional.empty());
        List<Tensor> sample = loading.batching().sample();
        Session first = loading.session();
        try (Session second = first.share()) {
            Session third = second.share();
            third.terminate();
            assertThatThrownBy(() -> third.run(sample))
                    .isInstanceOfSatisfying(
                            FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INFERENCE_FAILED));
            third.close();
            float[] expected = first.run(sample).getFirst().floats();
            first.close();
            assertThat(second.run(sample).getFirst().floats()).isEqualTo(expected);
        }
    }

    private ModelLoading load(Optional<OnnxModel> rewritten) {
        return ModelLoading.open(
                ENGINE,
                Tiny.bundle(directory.resolve("bundle"), ONE_BY_ONE, ENGINE),
                model -> rewritten,
                new RuntimeSettings(new SessionSettings(1, false), BatchSettings.DEFAULT, ImageLimits.DEFAULT),
                () -> {});
    }
}
