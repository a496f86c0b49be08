package dev.fovea.training.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.FoveaException;
import dev.fovea.training.TrainingEvent;
import dev.fovea.training.TrainingProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledDetectorTrainingTest {

    private static final Path ENGINE_CACHE = Path.of("target", "engine-cache");

    @TempDir
    private Path directory;

    @Test
    void shouldGoOnToTheSameBytesAfterAKillInMidTraining() throws Exception {
        DetectorTrainingRequest whole = DrawnSquares.request(directory, "whole.onnx", "24");
        try (TrainingProcess process = start(whole, directory.resolve("whole.state"), _ -> {})) {
            process.await();
        }
        DetectorTrainingRequest request = DrawnSquares.request(directory, "resumed.onnx", "24");
        Path state = directory.resolve("killed.state");
        CountDownLatch validated = new CountDownLatch(1);
        try (TrainingProcess process = start(request, state, event -> {
            if (event instanceof TrainingEvent.Validated) {
                validated.countDown();
            }
        })) {
            assertThat(validated.await(5, TimeUnit.MINUTES)).isTrue();
            ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
            assertThatThrownBy(process::await).isInstanceOf(FoveaException.class);
        }
        assertThat(request.output()).doesNotExist();
        assertThat(state).exists();
        try (TrainingProcess process = start(request, state, _ -> {})) {
            process.await();
        }
        assertThat(state).doesNotExist();
        assertThat(Files.readAllBytes(request.output())).isEqualTo(Files.readAllBytes(whole.output()));
    }

    private TrainingProcess start(DetectorTrainingRequest request, Path state, Consumer<TrainingEvent> listener) {
        return TrainingProcess.start(
                request.work().resumedFrom(state), directory.resolve("work"), ENGINE_CACHE, listener);
    }
}
