package dev.fovea.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.datasets.LabelledBox;
import dev.fovea.evaluation.classification.Scored;
import dev.fovea.evaluation.classification.ScoredImages;
import dev.fovea.evaluation.detection.DetectionReport;
import dev.fovea.evaluation.detection.ImageDetections;
import dev.fovea.imaging.Box;
import dev.fovea.runtime.decoding.Detection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A thousand images of two labels, in turn. */
class AcceptanceCriteriaTest {

    private static final int IMAGES = 1000;

    @Test
    void shouldPassALossWithinTheMargin() {
        AcceptanceResult judgement = AcceptanceCriteria.DEFAULT.labelled(wrongOn(0, 0), wrongOn(2, 2));
        assertThat(judgement.passes()).isTrue();
        assertThat(judgement.loss()).isCloseTo(0.4, within(1e-9));
        assertThat(judgement.sentence()).contains("1000 images");
    }

    /** 1,000 images of which none differs: the interval ends at 3.8415 / 1003.8415. */
    @Test
    void shouldSayThatNonInferiorityIsShownOnManyImages() {
        AcceptanceResult judgement = AcceptanceCriteria.DEFAULT.labelled(wrongOn(0, 0), wrongOn(0, 0));
        assertThat(judgement.evidence().shown()).isTrue();
        assertThat(judgement.evidence().high()).isCloseTo(0.38268, within(1e-5));
        assertThat(judgement.evidence().power()).contains(1.0);
        assertThat(judgement.sentence()).contains("Non-inferiority within 0.5 points is shown");
    }

    /** 36 images show no difference, but have too little power to show one. */
    @Test
    void shouldNotCallItShownOnFewImages() {
        AcceptanceResult judgement = AcceptanceCriteria.DEFAULT.labelled(few(36), few(36));
        assertThat(judgement.passes()).isTrue();
        assertThat(judgement.loss()).isZero();
        assertThat(judgement.evidence().shown()).isFalse();
        assertThat(judgement.evidence().high()).isCloseTo(9.642, within(1e-3));
        assertThat(judgement.evidence().power()).contains(0.0);
        assertThat(judgement.evidence().images()).contains(765L);
        assertThat(judgement.sentence())
                .contains("is not shown: the 95 % interval of the loss ends at 9.6", "too few to show it", "about 765");
        assertThat(judgement.sentence()).doesNotContain("0 % to show it");
        assertThat(new AcceptanceCriteria(10)
                        .labelled(few(36), few(36))
                        .evidence()
                        .shown())
                .isTrue();
    }

    @Test
    void shouldStartWithTheVerdict() {
        QuantizationVerdict good = AcceptanceCriteria.DEFAULT
                .labelled(wrongOn(0, 0), wrongOn(0, 0))
                .verdict();
        assertThat(good.outcome()).isEqualTo(QuantizationVerdict.QuantizationOutcome.AS_GOOD);
        assertThat(good.images()).isEqualTo(IMAGES);
        assertThat(good.headline())
                .isEqualTo(
                        "Usable, and as good as the original within the margin: the 95 % interval of the loss ends at 0.38 points of accuracy, and 0.5 may be lost.");
        assertThat(good.sentences())
                .contains("This rests on 1,000 test images, used once, after the network was chosen.")
                .anySatisfy(sentence -> assertThat(sentence)
                        .startsWith("By the labels of the images: better than always saying \"hole\""));
        QuantizationVerdict few =
                AcceptanceCriteria.DEFAULT.labelled(few(36), few(36)).verdict();
        assertThat(few.outcome()).isEqualTo(QuantizationVerdict.QuantizationOutcome.NOT_SHOWN);
        assertThat(few.headline())
                .startsWith(
                        "Usable, but not shown to be as good as the original: it loses 0.0 points of accuracy on these images, and a loss of 9.6");
        assertThat(few.sentences().getLast())
                .isEqualTo(
                        "This rests on 36 test images, used once, after the network was chosen. That is few: about 765 would show it with a power of 80 %.");
        QuantizationVerdict worse = AcceptanceCriteria.DEFAULT
                .labelled(wrongOn(0, 0), wrongOn(20, 20))
                .verdict();
        assertThat(worse.outcome()).isEqualTo(QuantizationVerdict.QuantizationOutcome.WORSE);
        assertThat(worse.headline())
                .isEqualTo(
                        "Not as good as the original: it loses 4.0 points of accuracy on these images, and 0.5 may be lost.");
    }

    /** The original predicts "hole" for every image; so does the candidate, without loss. */
    @Test
    void shouldNotCallUsableWithAnUnusableOriginal() {
        QuantizationVerdict verdict = AcceptanceCriteria.DEFAULT
                .labelled(wrongOn(0, 500), wrongOn(0, 500))
                .verdict();
        assertThat(verdict.outcome()).isEqualTo(QuantizationVerdict.QuantizationOutcome.NOT_USABLE);
        assertThat(verdict.headline())
                .startsWith("Not usable: no better than always saying \"hole\".")
                .endsWith("The same is true of the original.");
    }

    @Test
    void shouldSayThatNothingIsKnownWithoutLabels() {
        QuantizationVerdict verdict = AcceptanceCriteria.DEFAULT
                .agreement(wrongOn(0, 0), wrongOn(5, 5))
                .verdict();
        assertThat(verdict.outcome()).isEqualTo(QuantizationVerdict.QuantizationOutcome.AS_GOOD);
        assertThat(verdict.headline()).startsWith("Shown to be as good as the original within the margin:");
        assertThat(verdict.sentences()).contains("Whether it is usable is not known: the images have no labels.");
    }

    @Test
    void shouldAskForAsManyImagesAsDisagreementsMakeNecessary() {
        AcceptanceResult judgement = AcceptanceCriteria.DEFAULT.labelled(wrongOn(2, 0), wrongOn(0, 2));
        assertThat(judgement.loss()).isZero();
        assertThat(judgement.evidence().shown()).isFalse();
        assertThat(judgement.evidence().images()).contains(1256L); // 7.8489 · 0.004 / 0.005²
    }

    @Test
    void shouldEvaluateAgreementByItsInterval() {
        assertThat(AcceptanceCriteria.DEFAULT
                        .agreement(wrongOn(0, 0), wrongOn(5, 5))
                        .evidence()
                        .shown())
                .isTrue();
        Evidence few = AcceptanceCriteria.DEFAULT.agreement(few(60), few(60)).evidence();
        assertThat(few.margin()).isEqualTo(5);
        assertThat(few.shown()).isFalse();
        assertThat(few.high()).isCloseTo(6.017, within(1e-3)); // Wilson, 60 of 60
    }

    private static ScoredImages few(int images) {
        ScoredImages all = wrongOn(0, 0);
        return new ScoredImages(all.labels(), all.scored().subList(0, images), List.of());
    }

    @Test
    void shouldRejectALossBeyondTheMargin() {
        assertThat(AcceptanceCriteria.DEFAULT
                        .labelled(wrongOn(0, 0), wrongOn(3, 3))
                        .passes())
                .isFalse();
        assertThat(new AcceptanceCriteria(1)
                        .labelled(wrongOn(0, 0), wrongOn(3, 3))
                        .passes())
                .isFalse();
        assertThat(new AcceptanceCriteria(1)
                        .labelled(wrongOn(0, 0), wrongOn(2, 2))
                        .passes())
                .isTrue();
    }

    @Test
    void shouldStopAClassThatGotSignificantlyWorseEvenIfTheOtherMakesUpForIt() {
        AcceptanceResult judgement = AcceptanceCriteria.DEFAULT.labelled(wrongOn(0, 30), wrongOn(30, 0));
        assertThat(judgement.loss()).isZero();
        assertThat(judgement.passes()).isFalse();
        assertThat(judgement.classes())
                .containsExactly(
                        new ClassAgreement("hole", 500, 500, 470, true),
                        new ClassAgreement("none", 500, 470, 500, false));
        assertThat(judgement.sentence()).contains("Significantly worse on: hole.");
    }

    @Test
    void shouldRejectMissingPredictions() {
        ScoredImages all = wrongOn(0, 0);
        ScoredImages some = new ScoredImages(all.labels(), all.scored().subList(0, 900), List.of());
        assertThat(AcceptanceCriteria.DEFAULT.labelled(all, some).passes()).isFalse();
        assertThat(AcceptanceCriteria.DEFAULT.agreement(all, some).sentence())
                .contains("no prediction for 100 of the 1000");
    }

    @Test
    void shouldEvaluateByAgreementWithoutLabels() {
        AcceptanceResult result = AcceptanceCriteria.DEFAULT.agreement(wrongOn(100, 100), wrongOn(120, 100));
        assertThat(result.passes()).isTrue();
        assertThat(result.loss()).isCloseTo(2, within(1e-9));
        assertThat(result.sentence()).contains("98.0 %");
        assertThat(AcceptanceCriteria.DEFAULT
                        .agreement(wrongOn(0, 0), wrongOn(30, 30))
                        .passes())
                .isFalse();
    }

    @Test
    void shouldSayWhenThereIsLittleToAgreeOn() {
        assertThat(AcceptanceCriteria.DEFAULT
                        .agreement(wrongOn(0, 500), wrongOn(0, 500))
                        .sentence())
                .contains("100.0 %", "one label for all of them");
        assertThat(AcceptanceCriteria.DEFAULT
                        .agreement(wrongOn(0, 0), wrongOn(0, 0))
                        .sentence())
                .doesNotContain("one label");
    }

    @Test
    void shouldDoubtDetectorsThatFoundFewThingsThoughAllOfThem() {
        List<ImageDetections> images = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Box box = new Box(10, 10, 20 + i, 30);
            images.add(new ImageDetections(
                    List.of(new LabelledBox(0, box)), List.of(new Detection(0, 0.9, box, Optional.empty()))));
        }
        DetectionReport report = DetectionReport.of(images, List.of("hole"));
        AcceptanceResult judgement = AcceptanceCriteria.DEFAULT.detections(report, report);
        assertThat(judgement.passes()).isTrue();
        assertThat(judgement.sentence()).contains("the 12 things", "100.0 % (95 % interval 75.8 to 100.0)");
    }

    /** Wrong on the first so many of each label. */
    private static ScoredImages wrongOn(int holes, int others) {
        List<Scored> scored = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            int truth = i % 2;
            boolean wrong = i / 2 < (truth == 0 ? holes : others);
            int prediction = wrong ? 1 - truth : truth;
            scored.add(new Scored(truth, new double[] {prediction == 0 ? 1 : 0, prediction}, "image-" + i));
        }
        return new ScoredImages(List.of("hole", "none"), scored, List.of());
    }
}
