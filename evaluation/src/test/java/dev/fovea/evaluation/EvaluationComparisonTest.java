package dev.fovea.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.datasets.LabelledBox;
import dev.fovea.evaluation.DetectedObject.MatchOutcome;
import dev.fovea.evaluation.RecordedComparison.ImageChange;
import dev.fovea.evaluation.detection.DetectionComparison;
import dev.fovea.evaluation.detection.ImageDetections;
import dev.fovea.imaging.Box;
import dev.fovea.runtime.decoding.Detection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EvaluationComparisonTest {

    private static EvaluatedImage image(int number, String hash, String truth, String predicted) {
        return new EvaluatedImage(
                number, hash + ".jpg", hash, new ImageResult.Classified(truth, predicted, 0.9), Optional.empty());
    }

    @Test
    void shouldPairByContentAndListDifferences() {
        List<EvaluatedImage> baseline = List.of(
                image(0, "a", "ok", "ok"),
                image(1, "b", "hole", "ok"),
                image(2, "c", "tear", "ok"),
                image(3, "d", "ok", "ok"),
                image(4, "only here", "ok", "ok"));
        List<EvaluatedImage> candidate = List.of(
                image(0, "d", "ok", "hole"),
                image(1, "c", "tear", "hole"),
                image(2, "b", "hole", "hole"),
                image(3, "a", "ok", "ok"));
        EvaluationComparison result = EvaluationComparison.of(List.of("ok", "hole", "tear"), baseline, candidate);
        assertThat(result.comparison().images()).isEqualTo(4);
        assertThat(result.comparison().unpaired()).isEqualTo(1);
        assertThat(result.comparison().test().onlyFirst()).isEqualTo(1);
        assertThat(result.comparison().test().onlySecond()).isEqualTo(1);
        assertThat(result.differing())
                .extracting(RecordedComparison.ImageDifference::change)
                .containsExactly(ImageChange.FIXED, ImageChange.BROKEN, ImageChange.OTHERWISE_WRONG);
    }

    @Test
    void shouldListTheImagesOfACellOfAClassAndOfAnError() {
        ImageResult wrong = new ImageResult.Classified("hole", "ok", 0.6);
        assertThat(filter("hole", "ok", null, null).matches(wrong)).isTrue();
        assertThat(filter("hole", "hole", null, null).matches(wrong)).isFalse();
        assertThat(filter(null, "ok", false, null).matches(wrong)).isTrue();
        assertThat(filter(null, null, true, null).matches(wrong)).isFalse();
        assertThat(filter("hole", null, null, null).matches(new ImageResult.FailedPrediction("hole", "X", "y")))
                .isTrue();
    }

    @Test
    void shouldSeparateFoundMissedAndFalseObjects() {
        ImageDetections image = new ImageDetections(
                List.of(new LabelledBox(0, new Box(0, 0, 10, 10)), new LabelledBox(1, new Box(20, 20, 30, 30))),
                List.of(
                        new Detection(0, 0.6, new Box(1, 0, 10, 10), Optional.empty()),
                        new Detection(0, 0.9, new Box(0, 0, 10, 9), Optional.empty()),
                        new Detection(1, 0.4, new Box(20, 20, 30, 30), Optional.empty()),
                        new Detection(1, 0.5, new Box(60, 60, 70, 70), Optional.empty())));
        List<String> labels = List.of("car", "dog");
        List<DetectedObject> objects = DetectedObject.match(image, labels, 0.5);
        assertThat(ImageResult.ClassDetections.of(image, labels))
                .containsExactly(
                        new ImageResult.ClassDetections("car", List.of(0.9, 0.6), List.of(true, false)),
                        new ImageResult.ClassDetections("dog", List.of(0.5, 0.4), List.of(false, true)));
        assertThat(objects)
                .extracting(DetectedObject::kind)
                .containsExactly(
                        MatchOutcome.FOUND,
                        MatchOutcome.FALSE_POSITIVE,
                        MatchOutcome.FALSE_POSITIVE,
                        MatchOutcome.MISSED);
        ImageResult detected = new ImageResult.Detected(100, 100, objects, List.of());
        assertThat(filter("dog", null, null, MatchOutcome.MISSED).matches(detected))
                .isTrue();
        assertThat(filter("car", null, null, MatchOutcome.MISSED).matches(detected))
                .isFalse();
        assertThat(filter(null, "car", null, MatchOutcome.FALSE_POSITIVE).matches(detected))
                .isTrue();
        assertThat(filter(null, null, false, null).matches(detected)).isTrue();
    }

    /** The recorded comparison gives the same figures as one of the detections themselves. */
    @Test
    void shouldCompareDetectorsFromTheRecordAsFromTheirDetections() {
        List<String> labels = List.of("car", "dog");
        List<ImageDetections> baseline = new ArrayList<>();
        List<ImageDetections> candidate = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            Box box = new Box(10 + i, 10, 40 + i, 40);
            List<LabelledBox> truths = List.of(new LabelledBox(i % 2, box));
            Detection right = new Detection(i % 2, 0.3 + i / 50.0, box, Optional.empty());
            Detection wrong = new Detection(0, 0.35 + i / 60.0, new Box(60, 60, 90, 90), Optional.empty());
            baseline.add(new ImageDetections(truths, i % 3 == 0 ? List.of(wrong) : List.of(right, wrong)));
            candidate.add(new ImageDetections(truths, i % 5 == 0 ? List.of() : List.of(right)));
        }
        DetectorEvaluationComparison recorded =
                DetectorEvaluationComparison.of(labels, recorded(baseline, labels), recorded(candidate, labels));
        DetectionComparison direct = DetectionComparison.of(baseline, candidate, labels);
        assertThat(recorded.comparison()).isEqualTo(direct);
        assertThat(recorded.sentence()).startsWith("Better: on 30 images with 30 objects");
        assertThat(recorded.differing())
                .extracting(difference -> difference.candidate().number())
                .contains(9, 12, 29)
                .doesNotContain(1);
        assertThat(DetectorEvaluationComparison.of(labels, recorded(baseline, labels), recorded(baseline, labels))
                        .differing())
                .isEmpty();
    }

    private static List<EvaluatedImage> recorded(List<ImageDetections> images, List<String> labels) {
        List<EvaluatedImage> recorded = new ArrayList<>();
        for (ImageDetections image : images) {
            int number = recorded.size();
            recorded.add(new EvaluatedImage(
                    number,
                    number + ".jpg",
                    "hash-" + number,
                    new ImageResult.Detected(
                            100,
                            100,
                            DetectedObject.match(image, labels, 0.5),
                            ImageResult.ClassDetections.of(image, labels)),
                    Optional.empty()));
        }
        return recorded;
    }

    private static ImageFilter filter(
            @org.jspecify.annotations.Nullable String truth,
            @org.jspecify.annotations.Nullable String predicted,
            @org.jspecify.annotations.Nullable Boolean correct,
            @org.jspecify.annotations.Nullable MatchOutcome object) {
        return new ImageFilter(
                Optional.ofNullable(truth),
                Optional.ofNullable(predicted),
                Optional.ofNullable(correct),
                Optional.ofNullable(object));
    }
}
