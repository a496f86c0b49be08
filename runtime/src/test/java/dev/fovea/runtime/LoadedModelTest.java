package dev.fovea.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.model.Bundle;
import dev.fovea.model.decoder.Activation;
import dev.fovea.model.graph.GraphBuilder;
import dev.fovea.model.graph.OnnxModel;
import dev.fovea.model.tensor.DataType;
import dev.fovea.model.tensor.Tensor;
import dev.fovea.runtime.batching.BatchSettings;
import dev.fovea.runtime.decoding.Classification;
import dev.fovea.runtime.decoding.Classification.Ranked;
import dev.fovea.runtime.session.Deadline;
import dev.fovea.runtime.session.Engine;
import dev.fovea.runtime.session.InferenceOutput;
import dev.fovea.runtime.session.Priority;
import dev.fovea.runtime.session.SessionSettings;
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
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LoadedModelTest {

    private static final Engine ENGINE = Engine.open();

    @TempDir
    private Path directory;

    private final DecodePool workers = new DecodePool(2, 512, 100_000_000);

    @AfterEach
    void stop() {
        workers.close();
    }

    @Test
    void shouldAnswerWithTheNumbersWorkedOutByHand() {
        try (LoadedModel model = load(Tiny.means(GraphBuilder.BATCH))) {
            Prediction prediction = model.predict(Tiny.png(51, 102, 255), soon());
            assertThat(prediction.classification().logits()).hasSize(3);
            assertThat(prediction.classification().logits()[0]).isCloseTo(0.2f, within(1e-5f));
            assertThat(prediction.classification().logits()[1]).isCloseTo(0.4f, within(1e-5f));
            assertThat(prediction.classification().logits()[2]).isCloseTo(1f, within(1e-5f));
            // e^1 / (e^0.2 + e^0.4 + e^1)
            assertThat(prediction.classification().best().label()).isEqualTo("blue");
            assertThat(prediction.classification().best().confidence()).isCloseTo(0.50047, within(1e-4));
            assertThat(prediction.classification().ranked())
                    .extracting(Ranked::label)
                    .containsExactly("blue", "green", "red");
            assertThat(prediction.timings().total()).isPositive();
            assertThat(prediction.image().width()).isEqualTo(16);
        }
    }

    @Test
    void shouldGiveThirtyTwoCallersTheAnswersOfOne() throws Exception {
        try (LoadedModel model = load(Tiny.means(GraphBuilder.BATCH));
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<byte[]> images = new ArrayList<>();
            List<float[]> alone = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                images.add(Tiny.png(8 * i, 255 - 8 * i, (77 * i) % 256));
                alone.add(model.predict(images.get(i), soon()).classification().logits());
            }
            for (int round = 0; round < 10; round++) {
                List<Future<Prediction>> together = images.stream()
                        .map(image -> callers.submit(() -> model.predict(image, soon())))
                        .toList();
                for (int i = 0; i < 32; i++) {
                    assertThat(together.get(i).get().classification().logits()).isEqualTo(alone.get(i));
                }
            }
        }
    }

    @Test
    void shouldFailAloneWhenOneImageOfABatchIsCorrupt() throws Exception {
        byte[] corrupt = Arrays.copyOf(Tiny.png(1, 2, 3), 60);
        assertOneFails(Tiny.means(GraphBuilder.BATCH), corrupt, ErrorCode.IMAGE_CORRUPT);
    }

    @Test
    void shouldFailAloneWhenTheNetworkGivesNoNumberForOneImageOfABatch() throws Exception {
        assertOneFails(Tiny.roots(), Tiny.png(0, 200, 200), ErrorCode.INFERENCE_FAILED);
    }

    private void assertOneFails(OnnxModel network, byte[] bad, ErrorCode code) throws Exception {
        RuntimeSettings patient = settings(patient(Duration.ofMillis(50)));
        try (LoadedModel model = LoadedModel.load(ENGINE, bundle(network), patient, workers, () -> {});
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Prediction>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                byte[] image = i == 3 ? bad : Tiny.png(200, 100, 100);
                answers.add(callers.submit(() -> model.predict(image, soon())));
            }
            for (int i = 0; i < 8; i++) {
                if (i == 3) {
                    assertThatThrownBy(answers.get(i)::get)
                            .isInstanceOf(ExecutionException.class)
                            .cause()
                            .isInstanceOfSatisfying(
                                    FoveaException.class,
                                    e -> assertThat(e.code()).isEqualTo(code));
                } else {
                    assertThat(answers.get(i).get().classification().best().label())
                            .isEqualTo("red");
                }
            }
        }
    }

    @Test
    void shouldRunAModelOfFixedBatchOneByOne() throws Exception {
        RuntimeSettings patient = settings(patient(Duration.ofSeconds(30)));
        try (LoadedModel model = LoadedModel.load(ENGINE, bundle(Tiny.means(1)), patient, workers, () -> {});
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Prediction>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                int green = 10 * i;
                answers.add(callers.submit(() -> model.predict(Tiny.png(0, green, 0), soon())));
            }
            for (int i = 0; i < 20; i++) {
                assertThat(answers.get(i).get().classification().logits()[1]).isCloseTo(10 * i / 255f, within(1e-5f));
            }
        }
    }

    @Test
    void shouldRefuseAnImageBeforeDecodingWhenItsHeaderIsPastTheLimits() {
        RuntimeSettings strict =
                new RuntimeSettings(new SessionSettings(1, false), BatchSettings.DEFAULT, new ImageLimits(1000, 255));
        Bundle small = Tiny.bundle(directory.resolve("limits"), Tiny.means(1), ENGINE);
        assertCode(ErrorCode.IMAGE_TOO_MANY_PIXELS, () -> LoadedModel.load(ENGINE, small, strict, workers, () -> {}));
    }

    @Test
    void shouldNotStartWhenTheDeadlineHasPassed() {
        try (LoadedModel model = load(Tiny.means(1))) {
            Deadline passed = Deadline.in(Duration.ZERO);
            assertCode(ErrorCode.DEADLINE_EXCEEDED, () -> model.predict(Tiny.png(1, 2, 3), passed));
            assertThat(model.predict(Tiny.png(1, 2, 3), soon()).classification().best())
                    .isNotNull();
        }
    }

    @Test
    void shouldSayThatItIsCancelledWhenTheCallerIsInterruptedAndKeepTheInterrupt() {
        try (LoadedModel model = load(Tiny.means(1))) {
            Thread.currentThread().interrupt();
            assertCode(ErrorCode.CANCELLED, () -> model.predict(Tiny.png(1, 2, 3), soon()));
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void shouldRefuseWhatComesAfterClose() {
        LoadedModel model = load(Tiny.means(1));
        model.close();
        assertCode(ErrorCode.STOPPING, () -> model.predict(Tiny.png(1, 2, 3), soon()));
    }

    @Test
    void shouldTellWhenTheSessionIsOpenAndPassItsOwnCheck() {
        AtomicInteger opened = new AtomicInteger();
        try (LoadedModel model = LoadedModel.load(
                ENGINE, bundle(Tiny.means(1)), settings(BatchSettings.DEFAULT), workers, opened::incrementAndGet)) {
            model.check();
            assertThat(opened).hasValue(1);
            assertThat(model.waiting()).isZero();
            assertThat(model.bundle().manifest().labels()).isEqualTo(Tiny.LABELS);
        }
    }

    @Test
    void shouldRunTensorsTogetherWithTheOutputsOfEachAlone() throws Exception {
        try (LoadedModel model = load(Tiny.means(GraphBuilder.BATCH));
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(model.unbatched()).isEmpty();
            List<Future<InferenceOutput>> answers = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                Tensor pixels = pixels(1 + i % 3, i);
                answers.add(callers.submit(() -> model.infer(List.of(pixels), Priority.NORMAL, soon())));
            }
            for (int i = 0; i < 24; i++) {
                Tensor logits = answers.get(i).get().outputs().getFirst();
                assertThat(logits.shape()).containsExactly(1 + i % 3, 3);
                for (float value : logits.floats()) {
                    assertThat(value).isCloseTo(i, within(1e-4f));
                }
            }
        }
    }

    @Test
    void shouldRefuseTensorsThatAreNotWhatTheNetworkTakes() {
        try (LoadedModel model = load(Tiny.means(GraphBuilder.BATCH))) {
            Tensor good = pixels(1, 1);
            assertRefused(model, "missing");
            assertRefused(model, "twice", good, good);
            assertRefused(
                    model, "no input [other]", good, new Tensor("other", good.type(), good.shape(), good.bytes()));
            assertRefused(model, "is given as", new Tensor("pixels", DataType.UINT8, good.shape(), good.bytes()));
            assertRefused(
                    model, "is given as", new Tensor("pixels", DataType.FP32, new long[] {1, 3, 8, 9}, good.bytes()));
            assertRefused(model, "bytes", new Tensor("pixels", DataType.FP32, new long[] {2, 3, 8, 8}, good.bytes()));
            assertRefused(
                    model,
                    "one at least",
                    new Tensor(
                            "pixels",
                            DataType.FP32,
                            new long[] {0, 3, 8, 8},
                            good.bytes().slice(0, 0)));
        }
    }

    private static void assertRefused(LoadedModel model, String said, Tensor... tensors) {
        assertThatThrownBy(() -> model.infer(List.of(tensors), Priority.NORMAL, soon()))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TENSOR_INVALID))
                .hasMessageContaining(said);
    }

    private static Tensor pixels(int items, float value) {
        float[] values = new float[items * 3 * Tiny.EDGE * Tiny.EDGE];
        Arrays.fill(values, value);
        return Tensor.of("pixels", new long[] {items, 3, Tiny.EDGE, Tiny.EDGE}, values);
    }

    @Test
    void shouldRunOneByOneAndSayWhyWhenAnImageChangesItsNeighboursAnswer() {
        try (LoadedModel model = load(Tiny.mixing())) {
            assertThat(model.unbatched())
                    .hasValueSatisfying(why -> assertThat(why).contains("in a batch", "than alone"));
            assertThat(model.batch().maxBatch()).isEqualTo(1);
        }
    }

    @Test
    void shouldReplaceAnInstanceThatMakesNoProgress() throws Exception {
        BatchSettings.Bounds hasty =
                new BatchSettings.Bounds(64, 1_000_000, Duration.ofSeconds(5), Duration.ofMillis(200));
        BatchSettings settings = new BatchSettings(1, Duration.ZERO, Duration.ofMillis(100), 1, hasty);
        try (LoadedModel model =
                LoadedModel.load(ENGINE, bundle(Tiny.looping()), settings(settings), workers, () -> {})) {
            // red is how often the loop goes round: some 10^13 times for full red
            assertCode(ErrorCode.INSTANCE_HUNG, () -> model.predict(Tiny.png(255, 2, 3), soon()));
            assertThat(model.replacedInstances()).isEqualTo(1);
            assertThat(model.predict(Tiny.png(0, 2, 3), soon()).classification().best())
                    .isNotNull();
        }
    }

    @Test
    void shouldTurnProbabilitiesIntoLogitsThatGiveThemBack() {
        Classification answer = new Classification(
                Tiny.LABELS, new float[] {(float) Math.log(0.7), (float) Math.log(0.3), (float) Math.log(1e-30)}, 1);
        assertThat(answer.ranked())
                .extracting(Ranked::confidence)
                .satisfiesExactly(
                        first -> assertThat(first).isCloseTo(0.7, within(1e-6)),
                        second -> assertThat(second).isCloseTo(0.3, within(1e-6)),
                        third -> assertThat(third).isCloseTo(0, within(1e-6)));
    }

    @Test
    void shouldGiveTheProbabilitiesOfANetworkThatEndsInThemUnchanged() {
        float[] given = {0.1f, 0.7f, 0.2f};

        Classification answer = new Classification(Tiny.LABELS, given, Activation.NONE, 1);

        assertThat(answer.ranked())
                .extracting(Ranked::confidence)
                .containsExactly((double) 0.7f, (double) 0.2f, (double) 0.1f);
        assertThat(answer.logits())
                .containsExactly((float) Math.log(0.1f), (float) Math.log(0.7f), (float) Math.log(0.2f));
    }

    @Test
    void shouldDivideLogitsByTheTemperature() {
        Ranked best = new Classification(List.of("a", "b"), new float[] {0, 2}, 2).best();
        // 1 / (1 + e^-1)
        assertThat(best.label()).isEqualTo("b");
        assertThat(best.confidence()).isCloseTo(0.731059, within(1e-6));
    }

    @Test
    void shouldNotOverflowOnHugeLogits() {
        assertThat(new Classification(List.of("a", "b"), new float[] {1e30f, -1e30f}, 0.01).ranked())
                .containsExactly(new Ranked("a", 1), new Ranked("b", 0));
    }

    @Test
    void shouldOrderFewAndManyLabelsAlikeWithEqualOnesInLabelOrder() {
        List<String> labels = IntStream.range(0, 40).mapToObj(i -> "l" + i).toList();
        float[] logits = new float[40];
        for (int i = 0; i < 40; i++) {
            logits[i] = (i * 7) % 10;
        }
        Classification answer = new Classification(labels, logits, 1);
        assertThat(answer.top(16)).isEqualTo(answer.ranked().subList(0, 16));
        assertThat(answer.top(4)).extracting(Ranked::label).containsExactly("l7", "l17", "l27", "l37");
    }

    private LoadedModel load(OnnxModel model) {
        return LoadedModel.load(ENGINE, bundle(model), settings(BatchSettings.DEFAULT), workers, () -> {});
    }

    private Bundle bundle(OnnxModel model) {
        return Tiny.bundle(directory.resolve("bundle"), model, ENGINE);
    }

    private static RuntimeSettings settings(BatchSettings batch) {
        return new RuntimeSettings(new SessionSettings(1, false), batch, ImageLimits.DEFAULT);
    }

    private static BatchSettings patient(Duration delay) {
        return new BatchSettings(8, delay, Duration.ofMinutes(1), 1, BatchSettings.Bounds.DEFAULT);
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(30));
    }

    private static void assertCode(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
