package dev.fovea.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.model.Bundle;
import dev.fovea.model.GoldenVector;
import dev.fovea.model.Manifest;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.runtime.DecodePool;
import dev.fovea.runtime.LoadedModel;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.runtime.Tiny;
import dev.fovea.runtime.batching.BatchSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What takes for ever to load is given up, and what was opened meanwhile is closed. */
class LoadLimitTest {

    private static final Engine ENGINE = Engine.open();
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    private Path directory;

    @Test
    void shouldGiveUpWhatOpensForEverAndCloseItWhenItIsOpenAtLast() throws Exception {
        CountDownLatch folded = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        assertThatThrownBy(() -> LoadLimit.open("The model", SHORT, () -> {
                    folded.await();
                    return (AutoCloseable) closed::countDown;
                }))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_LIMIT_EXCEEDED))
                .hasMessageContaining("FOVEA_INFERENCE_LOAD_TIMEOUT");
        folded.countDown();
        closed.await();
    }

    @Test
    void shouldGiveWhatIsOpenedInTimeAndThrowWhatOpeningThrows() throws Exception {
        AutoCloseable opened = () -> {};
        assertThat(LoadLimit.open("The model", LONG, () -> opened)).isSameAs(opened);
        assertThatThrownBy(() -> LoadLimit.<AutoCloseable>open("The model", LONG, () -> {
                    throw new IOException("no file");
                }))
                .isInstanceOf(IOException.class);
    }

    @Test
    void shouldGiveUpAModelWhoseProofLoopsForHours() {
        OnnxModel model = Tiny.looping();
        Map<String, byte[]> golden = Map.of("red.png", Tiny.png(255, 0, 0));
        Manifest dark = Tiny.manifest(model, Map.of("red.png", Tiny.png(0, 0, 0)), ENGINE);
        Manifest manifest = new Manifest(
                dark.name(),
                dark.labels(),
                dark.contract(),
                dark.postprocessing(),
                dark.evaluation(),
                dark.lineage(),
                List.of(new GoldenVector(
                        "red.png",
                        dark.golden().getFirst().tensorSha256(),
                        dark.golden().getFirst().output(),
                        dark.golden().getFirst().tolerances(),
                        Optional.empty())),
                dark.files());
        Bundle bundle = Bundle.write(directory.resolve("bundle"), manifest, model.bytes(), golden);
        RuntimeSettings settings =
                new RuntimeSettings(new SessionSettings(1, false, SHORT), BatchSettings.DEFAULT, ImageLimits.DEFAULT);
        try (DecodePool workers = new DecodePool(1, 8, 1_000_000)) {
            assertThatThrownBy(() -> LoadedModel.load(ENGINE, bundle, settings, workers, () -> {}))
                    .isInstanceOfSatisfying(
                            FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_LIMIT_EXCEEDED));
        }
    }
}
