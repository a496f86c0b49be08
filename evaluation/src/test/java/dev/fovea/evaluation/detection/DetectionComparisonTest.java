package dev.fovea.evaluation.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.datasets.LabelledBox;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Box;
import dev.fovea.runtime.decoding.Detection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Forty images with one thing each. */
class DetectionComparisonTest {

    private static final List<String> LABELS = List.of("dent");
    private static final Box BOX = new Box(1, 2, 30, 40);
    private static final int IMAGES = 40;

    @Test
    void shouldFindNoDifferenceBetweenTheSame() {
        DetectionComparison same = DetectionComparison.of(missing(7), missing(7), LABELS);
        assertThat(same.difference().value()).isZero();
        assertThat(same.difference().width()).isZero();
        assertThat(same.isWorse()).isFalse();
    }

    @Test
    void shouldShowASignificantDifference() {
        DetectionComparison worse = DetectionComparison.of(missing(0), missing(12), LABELS);
        assertThat(worse.baseline()).isEqualTo(1);
        assertThat(worse.candidate()).isBetween(0.68, 0.72);
        assertThat(worse.difference().contains(-0.3)).isTrue();
        assertThat(worse.difference().width()).isBetween(0.2, 0.4);
        assertThat(worse.isWorse()).isTrue();
        assertThat(worse.sentence()).contains("Worse: on 40 images with 40 objects", "baseline's 100.0 %");
        assertThat(DetectionComparison.of(missing(12), missing(0), LABELS).isWorse())
                .isFalse();
    }

    @Test
    void shouldRefuseDifferentImages() {
        assertThatThrownBy(() -> DetectionComparison.of(missing(0), missing(0).subList(0, 20), LABELS))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ARGUMENT_INVALID));
    }

    /** Everything is found but in the first so many images. */
    private static List<ImageDetections> missing(int images) {
        List<ImageDetections> all = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            List<Detection> found = i < images ? List.of() : List.of(new Detection(0, 0.9, BOX, Optional.empty()));
            all.add(new ImageDetections(List.of(new LabelledBox(0, BOX)), found));
        }
        return all;
    }
}
