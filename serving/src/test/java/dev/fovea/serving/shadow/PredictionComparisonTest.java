package dev.fovea.serving.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.imaging.Box;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.geometry.Mask;
import dev.fovea.model.decoder.Activation;
import dev.fovea.runtime.decoding.ClassRegion;
import dev.fovea.runtime.decoding.Classification;
import dev.fovea.runtime.decoding.Classification.Ranked;
import dev.fovea.runtime.decoding.Decoded;
import dev.fovea.runtime.decoding.Detection;
import dev.fovea.runtime.decoding.PredictionResult;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PredictionComparisonTest {

    private static final List<String> LABELS = List.of("crack", "dent", "none");
    private static final ImageSize SIZE = new ImageSize(10, 10);

    @Test
    void shouldFindNoDifferenceWhenTheBestLabelIsTheSame() {
        assertThat(PredictionComparison.of(labels(0.9f, 0.1f, 0), labels(0.4f, 0.3f, 0.3f)))
                .isEmpty();
    }

    @Test
    void shouldWeighAnotherLabelByTheTotalVariationDistance() {
        PredictionDifference difference = PredictionComparison.of(labels(0.7f, 0.2f, 0.1f), labels(0.1f, 0.6f, 0.3f))
                .orElseThrow();
        // (0.6 + 0.4 + 0.2) / 2
        assertThat(difference.weight()).isCloseTo(0.6, within(1e-6));
        assertThat(difference.production()).isEqualTo("crack 0.70");
        assertThat(difference.candidate()).isEqualTo("dent 0.60");
    }

    @Test
    void shouldWeighLabelsThatOnlyOneVersionHasByTheirProbability() {
        PredictionResult other = new PredictionResult.LabelResult(
                new Classification(List.of("crack", "scratch"), new float[] {0.3f, 0.7f}, Activation.NONE, 1));
        PredictionDifference difference =
                PredictionComparison.of(labels(0.8f, 0.2f, 0), other).orElseThrow();
        // crack 0.5, dent 0.2, scratch 0.7
        assertThat(difference.weight()).isCloseTo(0.7, within(1e-6));
    }

    @Test
    void shouldNameTheLabelsThatApplyInOneVersionOnly() {
        PredictionDifference difference = PredictionComparison.of(
                        several(new Ranked("crack", 0.9), new Ranked("dent", 0.6), new Ranked("none", 0.1)),
                        several(new Ranked("crack", 0.8), new Ranked("none", 0.7), new Ranked("dent", 0.2)))
                .orElseThrow();
        assertThat(difference).isEqualTo(new PredictionDifference(0.7, "dent 0.60", "none 0.70"));
    }

    @Test
    void shouldFindNoDifferenceWhenTheSameLabelsApply() {
        assertThat(PredictionComparison.of(
                        several(new Ranked("crack", 0.9), new Ranked("none", 0.1)),
                        several(new Ranked("crack", 0.6), new Ranked("none", 0.4))))
                .isEmpty();
    }

    @Test
    void shouldMatchBoxesOfOneClassByTheirOverlap() {
        PredictionResult production = boxes(detection(0, 0.9, 0, 0, 10, 10), detection(1, 0.8, 50, 50, 60, 60));
        // shifted by a quarter: an overlap of 0.6
        PredictionResult shifted = boxes(detection(0, 0.7, 2.5f, 0, 12.5f, 10), detection(1, 0.8, 50, 50, 60, 60));
        assertThat(PredictionComparison.of(production, shifted)).isEmpty();
        // shifted by half: an overlap of a third
        PredictionResult far = boxes(detection(0, 0.7, 5, 0, 15, 10), detection(1, 0.8, 50, 50, 60, 60));
        assertThat(PredictionComparison.of(production, far))
                .contains(new PredictionDifference(0.9, "crack 0.90", "crack 0.70"));
    }

    @Test
    void shouldCountABoxOfAnotherClassOnBothSides() {
        assertThat(PredictionComparison.of(
                        boxes(detection(0, 0.6, 0, 0, 10, 10)), boxes(detection(1, 0.8, 0, 0, 10, 10))))
                .contains(new PredictionDifference(0.8, "crack 0.60", "dent 0.80"));
    }

    @Test
    void shouldMatchEachBoxOnlyOnce() {
        assertThat(PredictionComparison.of(
                        boxes(detection(0, 0.9, 0, 0, 10, 10), detection(0, 0.5, 1, 0, 11, 10)),
                        boxes(detection(0, 0.8, 0, 0, 10, 10))))
                .contains(new PredictionDifference(0.5, "crack 0.50", ""));
    }

    @Test
    void shouldFindNoDifferenceWhenNeitherVersionFindsAnything() {
        assertThat(PredictionComparison.of(boxes(), boxes())).isEmpty();
    }

    @Test
    void shouldCompareSegmentationsByTheShareOfCoveredPixels() {
        PredictionResult left = regions(new ClassRegion(0, columns(0, 5)));
        PredictionResult wider = regions(new ClassRegion(0, columns(0, 8)));
        PredictionDifference difference = PredictionComparison.of(left, wider).orElseThrow();
        // 50 of 80 covered pixels are the same
        assertThat(difference.weight()).isCloseTo(0.375, within(1e-9));
        assertThat(difference.production()).isEqualTo("crack 50 px");
        assertThat(PredictionComparison.of(left, left)).isEmpty();
        assertThat(PredictionComparison.of(left, regions(new ClassRegion(1, columns(0, 5)))))
                .hasValueSatisfying(other -> assertThat(other.weight()).isEqualTo(1));
    }

    private static Mask columns(int from, int to) {
        int height = SIZE.height();
        return Mask.of(SIZE, List.of(from * height, (to - from) * height, (SIZE.width() - to) * height));
    }

    private static PredictionResult labels(float... probabilities) {
        return new PredictionResult.LabelResult(new Classification(LABELS, probabilities, Activation.NONE, 1));
    }

    private static PredictionResult several(Ranked... scores) {
        return new PredictionResult.MultiLabelResult(List.of(scores), 0.5);
    }

    private static PredictionResult boxes(Detection... detections) {
        return new PredictionResult.ObjectResult(new Decoded.Detections(List.of(detections)), LABELS);
    }

    private static PredictionResult regions(ClassRegion... regions) {
        return new PredictionResult.ObjectResult(new Decoded.ClassRegions(List.of(regions)), LABELS);
    }

    private static Detection detection(int label, double confidence, float x1, float y1, float x2, float y2) {
        return new Detection(label, confidence, new Box(x1, y1, x2, y2), Optional.empty());
    }
}
