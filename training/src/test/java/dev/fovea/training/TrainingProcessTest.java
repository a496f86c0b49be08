package dev.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Size;
import dev.fovea.model.graph.NetworkBuilder.Family;
import dev.fovea.model.graph.NetworkBuilder.Scale;
import dev.fovea.model.graph.OnnxModel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingProcessTest {

    private static final Path ENGINE_CACHE = Path.of("target", "engine-cache");

    @TempDir
    Path folder;

    @Test
    void shouldLearnStripesAndReportProgress() throws Exception {
        TrainingRequest request = TinyImages.request(folder, 60, "learned.onnx");
        List<TrainingEvent> events = new CopyOnWriteArrayList<>();
        try (TrainingProcess process = start(request, events::add)) {
            TrainingEvent.Finished finished = process.await();
            assertThat(finished.validationAccuracy()).isGreaterThan(0.9);
            assertThat(finished.stopped()).isEqualTo(TrainingEvent.StopReason.EPOCHS);
        }
        assertThat(events.getFirst()).isInstanceOf(TrainingEvent.Started.class);
        assertThat(events.getLast()).isInstanceOf(TrainingEvent.Finished.class);
        List<Double> fractions = events.stream()
                .filter(TrainingEvent.Progress.class::isInstance)
                .map(event -> ((TrainingEvent.Progress) event).fraction())
                .toList();
        assertThat(fractions).isSorted().hasSizeGreaterThanOrEqualTo(12).allMatch(f -> f >= 0 && f <= 1);
        OnnxModel learned = OnnxModel.read(request.output());
        assertThat(learned.operators()).doesNotContainKey("BatchNormalization");
        try (OnnxSession session = new OnnxSession(learned)) {
            assertThat(session.run(new float[2 * 3 * 32 * 32], 2, 3, 32, 32)).hasSize(6);
        }
    }

    @Test
    void shouldGiveTheSameBytesForTheSameSeed() throws Exception {
        TrainingRequest first = TinyImages.request(folder, 3, "first.onnx");
        TrainingRequest second = TinyImages.request(folder, 3, "second.onnx");
        start(first, event -> {}).await();
        start(second, event -> {}).await();
        assertThat(Files.readAllBytes(first.output())).isEqualTo(Files.readAllBytes(second.output()));
    }

    @Test
    void shouldEndWithinTheTimeBudget() throws Exception {
        TrainingRequest request = TinyImages.request(folder, 100_000, "short.onnx");
        TrainingRequest hurried = new TrainingRequest(
                request.initialModel(),
                request.output(),
                request.contract(),
                request.labels(),
                request.training(),
                request.validation(),
                request.settings().withTimeBudget(java.time.Duration.ofSeconds(2)));
        TrainingEvent.Finished finished = start(hurried, event -> {}).await();
        assertThat(finished.epochs()).isLessThan(100_000);
        assertThat(finished.stopped()).isEqualTo(TrainingEvent.StopReason.TIME_LIMIT);
    }

    @Test
    void shouldSayThatItWasCancelled() throws Exception {
        TrainingRequest request = TinyImages.request(folder, 100_000, "never.onnx");
        CountDownLatch learning = new CountDownLatch(2);
        try (TrainingProcess process = start(request, event -> learning.countDown())) {
            assertThat(learning.await(60, TimeUnit.SECONDS)).isTrue();
            // The class path may be longer than a command line can be, so it must not be in it.
            assertThat(ProcessHandle.of(process.pid())
                            .flatMap(handle -> handle.info().commandLine())
                            .orElse(""))
                    .contains("TrainingMain")
                    .hasSizeLessThan(2000);
            Path environment = Path.of("/proc", Long.toString(process.pid()), "environ");
            if (Files.exists(environment)) { // Linux
                assertThat(Files.readString(environment, StandardCharsets.ISO_8859_1)
                                .split("\0"))
                        .contains("DJL_OFFLINE=true", "OPT_OUT_TRACKING=true", "ORT_DISABLE_TELEMETRY=1");
                assertThat(environment.resolveSibling("oom_score_adj"))
                        .as("ends before its server does when memory runs out")
                        .hasContent("500\n");
            }
            process.cancel();
            assertFails(process::await, ErrorCode.CANCELLED, "cancelled");
        }
        assertThat(request.output()).doesNotExist();
    }

    @Test
    void shouldTurnACrashOfTheProcessIntoAFailureWithItsLastWords() throws Exception {
        TrainingRequest request = TinyImages.request(folder, 100_000, "never.onnx");
        CountDownLatch learning = new CountDownLatch(2);
        try (TrainingProcess process = start(request, event -> learning.countDown())) {
            assertThat(learning.await(60, TimeUnit.SECONDS)).isTrue();
            new ProcessBuilder("kill", "-SEGV", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertFails(process::await, ErrorCode.TRAINING_FAILED, "SIGSEGV");
        }
    }

    @Test
    void shouldPassOnWhyThereWasNothingToLearn() throws Exception {
        TrainingRequest request = TinyImages.request(folder, 3, "never.onnx");
        Files.writeString(request.training().get(5).image(), "not an image");
        try (TrainingProcess process = start(request, event -> {})) {
            assertFails(process::await, ErrorCode.IMAGE_FORMAT_UNSUPPORTED, "1-5.png");
        }
    }

    /** One image of this size alone has some fifteen gigabytes of values; a batch and its way back are hundreds. */
    @Test
    void shouldRefuseImagesThatDoNotFitIntoMemoryBeforeOneIsComputed() throws Exception {
        Recipe recipe = new Recipe(Family.RESIDUAL, Scale.LARGE, Size.MAX_EDGE);
        TrainingRequest small = TinyImages.request(folder, 3, "never.onnx");
        Files.write(
                small.initialModel(), recipe.network(small.labels().size(), 1).bytes());
        TrainingRequest huge = new TrainingRequest(
                small.initialModel(),
                small.output(),
                recipe.contract(),
                small.labels(),
                small.training(),
                small.validation(),
                small.settings());
        try (TrainingProcess process = start(huge, event -> {})) {
            assertFails(process::await, ErrorCode.MEMORY_INSUFFICIENT, "MB for a batch");
        }
    }

    private TrainingProcess start(TrainingRequest request, java.util.function.Consumer<TrainingEvent> listener) {
        return TrainingProcess.start(request, folder.resolve("work"), ENGINE_CACHE, listener);
    }

    private static void assertFails(ThrowingCallable work, ErrorCode code, String words) {
        assertThatThrownBy(work).isInstanceOfSatisfying(FoveaException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e).hasMessageContaining(words);
        });
    }
}
