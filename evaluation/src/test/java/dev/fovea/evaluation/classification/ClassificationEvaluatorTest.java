package dev.fovea.evaluation.classification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The "images" are text files with the logits that the scorer returns, so that each outcome is known. */
class ClassificationEvaluatorTest {

    private static final List<String> LABELS = List.of("none", "hole", "tear");

    @TempDir
    private Path folder;

    @Test
    void shouldKeepTruthsPredictionsAndImageOrder() throws IOException {
        List<LabelledImage> images = List.of(image("a", "3 1 0", 0), image("b", "0 1 2", 1), image("c", "0 5 2", 1));
        ScoredImages scored = evaluator(1).score(images, ClassificationEvaluatorTest::parse, EvaluationProgress.SILENT);
        assertThat(scored.scored())
                .extracting(Scored::truth, Scored::prediction, Scored::right)
                .containsExactly(tuple(0, 0, true), tuple(1, 2, false), tuple(1, 1, true));
        assertThat(scored.scored().getFirst().image())
                .isEqualTo(folder.resolve("a").toString());
        assertThat(scored.failed()).isEmpty();
    }

    @Test
    void shouldCountImagesThatFailAndGoOn() throws IOException {
        List<LabelledImage> images = List.of(
                image("good", "3 1 0", 0),
                image("corrupt", "corrupt", 1),
                image("nan", "1 NaN 0", 1),
                new LabelledImage(folder.resolve("missing"), 2),
                image("also good", "0 0 1", 2));
        ScoredImages scored = evaluator(2).score(images, ClassificationEvaluatorTest::parse, EvaluationProgress.SILENT);
        assertThat(scored.scored()).hasSize(2);
        assertThat(scored.failed())
                .extracting(FailedImage::code)
                .containsExactly(ErrorCode.IMAGE_CORRUPT, ErrorCode.INFERENCE_FAILED, ErrorCode.STORAGE_FAILED);
        ClassificationReport report = ClassificationReport.of(scored);
        assertThat(report.images()).isEqualTo(2);
        assertThat(report.accuracy().value()).isEqualTo(1);
        assertThat(report.failed())
                .isEqualTo(
                        Map.of(ErrorCode.IMAGE_CORRUPT, 1, ErrorCode.INFERENCE_FAILED, 1, ErrorCode.STORAGE_FAILED, 1));
    }

    @Test
    void shouldGiveTheSameAtAnyConcurrency() throws IOException {
        List<LabelledImage> images = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            images.add(image("p" + i, i % 7 == 0 ? "corrupt" : i % 5 + " " + i % 3 + " 1.5", i % 3));
        }
        ScoredImages one = evaluator(1).score(images, ClassificationEvaluatorTest::parse, EvaluationProgress.SILENT);
        ScoredImages many = evaluator(8).score(images, ClassificationEvaluatorTest::parse, EvaluationProgress.SILENT);
        assertThat(many).isEqualTo(one);
        assertThat(evaluator(8).evaluate(images, ClassificationEvaluatorTest::parse, EvaluationProgress.SILENT))
                .isEqualTo(ClassificationReport.of(one));
    }

    @Test
    void shouldReportProgressOnTheCallersThreadForEveryImage() throws IOException {
        List<LabelledImage> images = List.of(image("a", "3 1 0", 0), image("b", "corrupt", 1), image("c", "0 5 2", 1));
        List<String> reported = new ArrayList<>();
        evaluator(2)
                .score(
                        images,
                        ClassificationEvaluatorTest::parse,
                        (done, total) -> reported.add(done + "/" + total + " "
                                + Thread.currentThread().threadId()));
        long caller = Thread.currentThread().threadId();
        assertThat(reported).containsExactly("1/3 " + caller, "2/3 " + caller, "3/3 " + caller);
    }

    @Test
    @Timeout(30)
    void shouldEndAtOnceWhenModelIsClosed() throws IOException {
        AtomicInteger requests = new AtomicInteger();
        List<LabelledImage> images = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            images.add(image("p" + i, "1 2 3", 0));
        }
        CountDownLatch never = new CountDownLatch(1);
        Scorer gone = bytes -> {
            if (requests.incrementAndGet() > 1) {
                awaitInterrupt(never);
            }
            throw new FoveaException(ErrorCode.MODEL_NOT_SERVED, "gone");
        };
        assertThatThrownBy(() -> evaluator(1).score(images, gone, EvaluationProgress.SILENT))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_NOT_SERVED));
        assertThat(requests.get()).isLessThanOrEqualTo(2);
    }

    @Test
    void shouldStopWhenProgressThrows() throws IOException {
        List<LabelledImage> images = List.of(image("a", "3 1 0", 0), image("b", "3 1 0", 0));
        assertThatThrownBy(() -> evaluator(1).score(images, ClassificationEvaluatorTest::parse, (done, total) -> {
                    throw new FoveaException(ErrorCode.CANCELLED, "enough");
                }))
                .hasMessage("enough");
    }

    @Test
    void shouldBeCancelledByAnInterrupt() throws IOException {
        List<LabelledImage> images = List.of(image("a", "3 1 0", 0));
        Thread.currentThread().interrupt();
        assertThatThrownBy(
                        () -> evaluator(1).score(images, ClassificationEvaluatorTest::parse, EvaluationProgress.SILENT))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void shouldNameTheReasonWhenNothingCouldBeScored() throws IOException {
        assertCode(ErrorCode.DATASET_INVALID, "No images", List.of());
        assertCode(ErrorCode.DATASET_INVALID, "not an image", List.of(image("a", "corrupt", 0)));
    }

    @Test
    void shouldRejectOutputsThatDoNotMatchTheLabels() throws IOException {
        assertCode(ErrorCode.ARGUMENT_INVALID, "label 3", List.of(image("a", "1 2 3", 3)));
        assertCode(ErrorCode.LABELS_MISMATCH, "2 values", List.of(image("b", "1 2", 0)));
        assertThatThrownBy(() -> new ClassificationEvaluator(List.of(), 1)).isInstanceOf(FoveaException.class);
        assertThatThrownBy(() -> new ClassificationEvaluator(LABELS, 0)).isInstanceOf(FoveaException.class);
    }

    @Test
    void shouldReportAFaultOfTheProgramAsSuch() throws IOException {
        assertCode(ErrorCode.INTERNAL, "fault of the program", List.of(image("a", "not a number", 0)));
    }

    private static void assertCode(ErrorCode code, String message, List<LabelledImage> images) {
        assertThatThrownBy(() ->
                        evaluator(1).evaluate(images, ClassificationEvaluatorTest::parse, EvaluationProgress.SILENT))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }

    private static ClassificationEvaluator evaluator(int concurrency) {
        return new ClassificationEvaluator(LABELS, concurrency);
    }

    private LabelledImage image(String name, String content, int label) throws IOException {
        return new LabelledImage(Files.writeString(folder.resolve(name), content), label);
    }

    private static double[] parse(byte[] image) {
        String text = new String(image, UTF_8);
        if (text.equals("corrupt")) {
            throw new FoveaException(ErrorCode.IMAGE_CORRUPT, "The file is not an image. Save it again.");
        }
        return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    private static void awaitInterrupt(CountDownLatch never) {
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
