package dev.fovea.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Limits;
import dev.fovea.model.Activation;
import dev.fovea.model.Bundle;
import dev.fovea.model.GraphBuilder;
import dev.fovea.model.OnnxModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ClassifierTest {

    private static final Engine ENGINE = Engine.open();

    @TempDir
    private Path directory;

    private final Workers workers = new Workers(2, 512, 100_000_000);

    @AfterEach
    void stop() {
        workers.close();
    }

    @Test
    void shouldAnswerWithTheNumbersWorkedOutByHand() {
        try (Classifier classifier = load(Tiny.means(GraphBuilder.BATCH))) {
            Prediction prediction = classifier.predict(Tiny.png(51, 102, 255), soon());
            assertThat(prediction.logits()).hasSize(3);
            assertThat(prediction.logits().get(0)).isCloseTo(0.2f, within(1e-5f));
            assertThat(prediction.logits().get(1)).isCloseTo(0.4f, within(1e-5f));
            assertThat(prediction.logits().get(2)).isCloseTo(1f, within(1e-5f));
            // e^1 / (e^0.2 + e^0.4 + e^1)
            assertThat(prediction.best().label()).isEqualTo("blue");
            assertThat(prediction.best().confidence()).isCloseTo(0.50047, within(1e-4));
            assertThat(prediction.ranked())
                    .extracting(Prediction.Ranked::label)
                    .containsExactly("blue", "green", "red");
            assertThat(prediction.timings().total()).isPositive();
            assertThat(prediction.picture().width()).isEqualTo(16);
        }
    }

    @Test
    void shouldGiveThirtyTwoCallersTheAnswersOfOne() throws Exception {
        try (Classifier classifier = load(Tiny.means(GraphBuilder.BATCH));
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<byte[]> pictures = new ArrayList<>();
            List<List<Float>> alone = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                pictures.add(Tiny.png(8 * i, 255 - 8 * i, (77 * i) % 256));
                alone.add(classifier.predict(pictures.get(i), soon()).logits());
            }
            for (int round = 0; round < 10; round++) {
                List<Future<Prediction>> together = pictures.stream()
                        .map(picture -> callers.submit(() -> classifier.predict(picture, soon())))
                        .toList();
                for (int i = 0; i < 32; i++) {
                    assertThat(together.get(i).get().logits()).isEqualTo(alone.get(i));
                }
            }
        }
    }

    @Test
    void shouldFailAloneWhenOnePictureOfABatchIsCorrupt() throws Exception {
        byte[] corrupt = Arrays.copyOf(Tiny.png(1, 2, 3), 60);
        assertOneFails(Tiny.means(GraphBuilder.BATCH), corrupt, ErrorCode.PICTURE_CORRUPT);
    }

    @Test
    void shouldFailAloneWhenTheNetworkGivesNoNumberForOnePictureOfABatch() throws Exception {
        assertOneFails(Tiny.roots(), Tiny.png(0, 200, 200), ErrorCode.INFERENCE_FAILED);
    }

    private void assertOneFails(OnnxModel model, byte[] bad, ErrorCode code) throws Exception {
        RuntimeSettings patient = settings(new BatchSettings(8, Duration.ofMillis(50), 64));
        try (Classifier classifier = Classifier.load(ENGINE, bundle(model), patient, workers, () -> {});
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Prediction>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                byte[] picture = i == 3 ? bad : Tiny.png(200, 100, 100);
                answers.add(callers.submit(() -> classifier.predict(picture, soon())));
            }
            for (int i = 0; i < 8; i++) {
                if (i == 3) {
                    assertThatThrownBy(answers.get(i)::get)
                            .isInstanceOf(ExecutionException.class)
                            .cause()
                            .isInstanceOfSatisfying(FoveaException.class, e -> assertThat(e.code())
                                    .isEqualTo(code));
                } else {
                    assertThat(answers.get(i).get().best().label()).isEqualTo("red");
                }
            }
        }
    }

    @Test
    void shouldRunAModelOfFixedBatchOneByOne() throws Exception {
        RuntimeSettings patient = settings(new BatchSettings(8, Duration.ofSeconds(30), 64));
        try (Classifier classifier =
                        Classifier.load(ENGINE, bundle(Tiny.means(1)), patient, workers, () -> {});
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Prediction>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                int green = 10 * i;
                answers.add(callers.submit(() -> classifier.predict(Tiny.png(0, green, 0), soon())));
            }
            for (int i = 0; i < 20; i++) {
                assertThat(answers.get(i).get().logits().get(1)).isCloseTo(10 * i / 255f, within(1e-5f));
            }
        }
    }

    @Test
    void shouldRefuseAPictureBeforeDecodingWhenItsHeaderIsPastTheLimits() {
        RuntimeSettings strict = new RuntimeSettings(new SessionSettings(1, false), BatchSettings.DEFAULT, new Limits(1000, 255));
        Bundle small = Tiny.bundle(directory.resolve("limits"), Tiny.means(1), ENGINE);
        assertCode(ErrorCode.PICTURE_TOO_MANY_PIXELS, () -> Classifier.load(ENGINE, small, strict, workers, () -> {}));
    }

    @Test
    void shouldNotStartWhenTheDeadlineHasPassed() {
        try (Classifier classifier = load(Tiny.means(1))) {
            Deadline passed = Deadline.in(Duration.ZERO);
            assertCode(ErrorCode.DEADLINE_EXCEEDED, () -> classifier.predict(Tiny.png(1, 2, 3), passed));
            assertThat(classifier.predict(Tiny.png(1, 2, 3), soon()).best()).isNotNull();
        }
    }

    @Test
    void shouldSayThatItIsCancelledWhenTheCallerIsInterruptedAndKeepTheInterrupt() {
        try (Classifier classifier = load(Tiny.means(1))) {
            Thread.currentThread().interrupt();
            assertCode(ErrorCode.CANCELLED, () -> classifier.predict(Tiny.png(1, 2, 3), soon()));
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void shouldRefuseWhatComesAfterClose() {
        Classifier classifier = load(Tiny.means(1));
        classifier.close();
        assertCode(ErrorCode.STOPPING, () -> classifier.predict(Tiny.png(1, 2, 3), soon()));
    }

    @Test
    void shouldTellWhenTheSessionIsOpenAndPassItsOwnCheck() {
        AtomicInteger opened = new AtomicInteger();
        try (Classifier classifier = Classifier.load(
                ENGINE, bundle(Tiny.means(1)), settings(BatchSettings.DEFAULT), workers, opened::incrementAndGet)) {
            classifier.check();
            assertThat(opened).hasValue(1);
            assertThat(classifier.waiting()).isZero();
            assertThat(classifier.bundle().manifest().labels()).isEqualTo(Tiny.LABELS);
        }
    }

    @Test
    void shouldTurnProbabilitiesIntoLogitsThatGiveThemBack() {
        Postprocessor postprocessor = new Postprocessor(Tiny.LABELS, Activation.NONE, 1);
        List<Float> logits = postprocessor.logits(new float[] {0.7f, 0.3f, 0});
        assertThat(postprocessor.rank(logits))
                .extracting(Prediction.Ranked::confidence)
                .satisfiesExactly(
                        first -> assertThat(first).isCloseTo(0.7, within(1e-6)),
                        second -> assertThat(second).isCloseTo(0.3, within(1e-6)),
                        third -> assertThat(third).isCloseTo(0, within(1e-6)));
    }

    @Test
    void shouldDivideLogitsByTheTemperature() {
        List<Prediction.Ranked> ranked =
                new Postprocessor(List.of("a", "b"), Activation.SOFTMAX, 2).rank(List.of(0f, 2f));
        // 1 / (1 + e^-1)
        assertThat(ranked.getFirst().label()).isEqualTo("b");
        assertThat(ranked.getFirst().confidence()).isCloseTo(0.731059, within(1e-6));
    }

    @Test
    void shouldNotOverflowOnHugeLogits() {
        List<Prediction.Ranked> ranked = new Postprocessor(List.of("a", "b"), Activation.SOFTMAX, 0.01)
                .rank(List.of(1e30f, -1e30f));
        assertThat(ranked).containsExactly(new Prediction.Ranked("a", 1), new Prediction.Ranked("b", 0));
    }

    private Classifier load(OnnxModel model) {
        return Classifier.load(ENGINE, bundle(model), settings(BatchSettings.DEFAULT), workers, () -> {});
    }

    private Bundle bundle(OnnxModel model) {
        return Tiny.bundle(directory.resolve("bundle"), model, ENGINE);
    }

    private static RuntimeSettings settings(BatchSettings batch) {
        return new RuntimeSettings(new SessionSettings(1, false), batch, Limits.DEFAULT);
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(30));
    }

    private static void assertCode(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(FoveaException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }
}
