package dev.fovea.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.datasets.LabelledBox;
import dev.fovea.evaluation.DetectedObject.Kind;
import dev.fovea.evaluation.EvaluationComparison.Change;
import dev.fovea.imaging.Box;
import dev.fovea.runtime.Detection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EvaluationComparisonTest {

    private static EvaluatedImage image(int number, String hash, String truth, String predicted) {
        return new EvaluatedImage(
                number, hash + ".jpg", hash, new ImageResult.Classified(truth, predicted, 0.9), Optional.empty());
    }

    @Test
    void shouldPairByContentAndListWhatDiffers() {
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
        assertThat(result.comparison().pictures()).isEqualTo(4);
        assertThat(result.comparison().unpaired()).isEqualTo(1);
        assertThat(result.comparison().test().onlyFirst()).isEqualTo(1);
        assertThat(result.comparison().test().onlySecond()).isEqualTo(1);
        assertThat(result.differing())
                .extracting(EvaluationComparison.Difference::change)
                .containsExactly(Change.FIXED, Change.BROKEN, Change.OTHERWISE_WRONG);
    }

    @Test
    void shouldListTheImagesOfACellOfAClassAndOfAnError() {
        ImageResult wrong = new ImageResult.Classified("hole", "ok", 0.6);
        assertThat(filter("hole", "ok", null, null).matches(wrong)).isTrue();
        assertThat(filter("hole", "hole", null, null).matches(wrong)).isFalse();
        assertThat(filter(null, "ok", false, null).matches(wrong)).isTrue();
        assertThat(filter(null, null, true, null).matches(wrong)).isFalse();
        assertThat(filter("hole", null, null, null).matches(new ImageResult.Failed("hole", "X", "y")))
                .isTrue();
    }

    @Test
    void shouldTellFoundFromMissedAndFalse() {
        List<DetectedObject> objects = DetectedObject.match(
                List.of(new LabelledBox(0, new Box(0, 0, 10, 10)), new LabelledBox(1, new Box(20, 20, 30, 30))),
                List.of(
                        new Detection(0, 0.6, new Box(1, 0, 10, 10), Optional.empty()),
                        new Detection(0, 0.9, new Box(0, 0, 10, 9), Optional.empty()),
                        new Detection(1, 0.5, new Box(60, 60, 70, 70), Optional.empty())),
                List.of("car", "dog"));
        assertThat(objects)
                .extracting(DetectedObject::kind)
                .containsExactly(Kind.FOUND, Kind.FALSE_POSITIVE, Kind.FALSE_POSITIVE, Kind.MISSED);
        ImageResult detected = new ImageResult.Detected(100, 100, objects);
        assertThat(filter("dog", null, null, Kind.MISSED).matches(detected)).isTrue();
        assertThat(filter("car", null, null, Kind.MISSED).matches(detected)).isFalse();
        assertThat(filter(null, "car", null, Kind.FALSE_POSITIVE).matches(detected))
                .isTrue();
        assertThat(filter(null, null, false, null).matches(detected)).isTrue();
    }

    private static ImageFilter filter(
            @org.jspecify.annotations.Nullable String truth,
            @org.jspecify.annotations.Nullable String predicted,
            @org.jspecify.annotations.Nullable Boolean correct,
            @org.jspecify.annotations.Nullable Kind object) {
        return new ImageFilter(
                Optional.ofNullable(truth),
                Optional.ofNullable(predicted),
                Optional.ofNullable(correct),
                Optional.ofNullable(object));
    }
}
