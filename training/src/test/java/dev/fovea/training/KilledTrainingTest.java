package dev.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.preprocess.Augmentation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledTrainingTest {

    private static final Path ENGINE_CACHE = Path.of("target", "engine-cache");

    @TempDir
    Path folder;

    @Test
    void shouldGoOnWithATrainingFromScratchToTheSameBytes() throws Exception {
        TrainingSettings settings = TrainingSettings.defaults().withEpochs(20);
        assertThat(killedAndResumed(settings)).isEqualTo(uninterrupted(settings));
    }

    @Test
    void shouldGoOnWithAFineTuningToTheSameBytes() throws Exception {
        TrainingSettings defaults = TrainingSettings.fineTuned();
        TrainingSettings settings = new TrainingSettings(
                defaults.schedule(),
                new OptimizerSettings(OptimizerSettings.Optimization.ADAM_W, 5e-3, 0.05, 1),
                new Regularization(0.1, false, Augmentation.DEFAULT, 0.2, 0, 1),
                Optional.of(FineTuningSettings.DEFAULT.withSteps("90")),
                defaults.seed(),
                0);
        assertThat(killedAndResumed(settings)).isEqualTo(uninterrupted(settings));
    }

    private byte[] uninterrupted(TrainingSettings settings) throws Exception {
        TrainingRequest request = request("whole.onnx", settings);
        try (TrainingProcess process =
                TrainingProcess.start(request, folder.resolve("whole"), ENGINE_CACHE, event -> {})) {
            process.await();
        }
        return Files.readAllBytes(request.output());
    }

    private byte[] killedAndResumed(TrainingSettings settings) throws Exception {
        TrainingRequest request = request("resumed.onnx", settings);
        Path state = folder.resolve("states").resolve("training.state");
        CountDownLatch validations = new CountDownLatch(2);
        try (TrainingProcess process = start(request, state, event -> {
            if (event instanceof TrainingEvent.Validated) {
                validations.countDown();
            }
        })) {
            assertThat(validations.await(5, TimeUnit.MINUTES)).isTrue();
            ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
            assertThatThrownBy(process::await).isInstanceOf(FoveaException.class);
            assertThat(process.isDead()).isTrue();
        }
        assertThat(request.output()).doesNotExist();
        assertThat(state).exists();
        try (TrainingProcess process = start(request, state, event -> {})) {
            process.await();
        }
        assertThat(state).doesNotExist();
        return Files.readAllBytes(request.output());
    }

    private TrainingProcess start(
            TrainingRequest request, Path state, java.util.function.Consumer<TrainingEvent> listener) {
        return TrainingProcess.start(request, Optional.of(state), folder.resolve("work"), ENGINE_CACHE, listener);
    }

    private TrainingRequest request(String output, TrainingSettings settings) throws IOException {
        TrainingRequest drawn = TinyImages.request(folder, 1, output);
        return new TrainingRequest(
                drawn.initialModel(),
                drawn.output(),
                drawn.contract(),
                drawn.labels(),
                drawn.training(),
                drawn.validation(),
                settings);
    }
}
