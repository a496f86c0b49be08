package dev.fovea.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.evaluation.Drawn;
import dev.fovea.evaluation.classification.ClassificationReport;
import dev.fovea.evaluation.report.ModelVerdict.ClassifierOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelVerdictTest {

    private static ModelVerdict verdict(List<String> labels, long[][] confusion) {
        return ModelVerdict.of(ClassificationReport.of(Drawn.confused(labels, confusion)));
    }

    @Test
    void shouldSayThatOneClassForEverythingIsNoBetterThanThatClass() {
        ModelVerdict verdict = verdict(List.of("ok", "hole", "tear"), new long[][] {{30, 0, 0}, {2, 0, 0}, {2, 0, 0}});
        assertThat(verdict.outcome()).isEqualTo(ClassifierOutcome.NO_BETTER_THAN_MAJORITY);
        assertThat(verdict.clearsFloor()).isFalse();
        assertThat(verdict.majority().share()).isCloseTo(30 / 34.0, within(1e-12));
        assertThat(verdict.majority().gain().value()).isZero();
        assertThat(verdict.majority().pValue()).isEqualTo(1);
        assertThat(verdict.balancedAccuracy().value()).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(verdict.neverFound())
                .extracting(ModelVerdict.NeverFound::label)
                .containsExactly("hole", "tear");
        assertThat(verdict.headline())
                .isEqualTo(
                        "Not usable: it has learned only the majority, \"ok\", which it predicts for 34 of 34 images. It finds none of the 4 images of other classes.");
        // 0 of 2 by Wilson: 0 to 65.8 %
        assertThat(verdict.sentences())
                .anySatisfy(
                        sentence -> assertThat(sentence)
                                .isEqualTo(
                                        "Never found: \"hole\" (none of its 2 images), \"tear\" (none of its 2 images). 2 images at zero are little evidence: the true recall of \"hole\" may be as high as 65.8 %."))
                .anySatisfy(sentence ->
                        assertThat(sentence).contains("rests on 34 images", "\"hole\", has 2", "That is few"))
                .noneSatisfy(sentence -> assertThat(sentence).contains("tell the classes apart"));
    }

    /** 24 good images and 120 defects: always saying "anomalous" is right in 83 % and of no use. */
    @Test
    void shouldNotCompareADetectorWithAConstantPrediction() {
        ModelVerdict detector = verdict(List.of("good", "anomalous"), new long[][] {{23, 1}, {60, 60}});
        assertThat(detector.clearsFloor()).isTrue();
        assertThat(detector.headline())
                .isEqualTo("Usable: it finds 60 of 120 anomalous images and raises 1 false alarm on 24 good ones.");
        ModelVerdict blind = verdict(List.of("good", "anomalous"), new long[][] {{22, 2}, {110, 10}});
        assertThat(blind.clearsFloor()).isFalse();
        assertThat(blind.headline()).startsWith("Not usable: it finds 10 of 120 anomalous images");
    }

    /** 3 images more right than the constant prediction, none fewer: mid-p 2 · 0.125 − 0.125 = 0.125. */
    @Test
    void shouldNotReportAnInsignificantGain() {
        ModelVerdict verdict = verdict(List.of("ok", "hole"), new long[][] {{30, 0}, {2, 3}});
        assertThat(verdict.majority().pValue()).isCloseTo(0.125, within(1e-12));
        assertThat(verdict.outcome()).isEqualTo(ClassifierOutcome.NO_BETTER_THAN_MAJORITY);
    }

    @Test
    void shouldBeUsableWhenBetterThanTheMajorityInEveryClass() {
        ModelVerdict verdict =
                verdict(List.of("none", "hole", "tear"), new long[][] {{50, 6, 4}, {3, 55, 2}, {0, 9, 51}});
        assertThat(verdict.outcome()).isEqualTo(ClassifierOutcome.USABLE);
        assertThat(verdict.clearsFloor()).isTrue();
        assertThat(verdict.headline()).startsWith("Usable: better than always saying \"none\", by +53.3 points");
        assertThat(verdict.sentences())
                .noneSatisfy(sentence -> assertThat(sentence).contains("few"));
    }

    @Test
    void shouldNotBeUsableAsItIsWhenAClassIsNeverFound() {
        ModelVerdict verdict =
                verdict(List.of("none", "hole", "tear"), new long[][] {{50, 10, 0}, {3, 57, 0}, {20, 40, 0}});
        assertThat(verdict.outcome()).isEqualTo(ClassifierOutcome.CLASSES_NEVER_FOUND);
        assertThat(verdict.headline()).startsWith("Not usable as it is: it never finds \"tear\". Else it is better");
        assertThat(verdict.sentences())
                .noneSatisfy(sentence -> assertThat(sentence).contains("little evidence"));
    }

    @Test
    void shouldSayThatBalancedAccuracyAboveChanceIsNotEnough() {
        ModelVerdict verdict = verdict(List.of("ok", "hole"), new long[][] {{700, 200}, {10, 90}});
        assertThat(verdict.outcome()).isEqualTo(ClassifierOutcome.WORSE_THAN_MAJORITY);
        assertThat(verdict.headline()).contains("worse than always saying \"ok\"");
        assertThat(verdict.sentences())
                .anySatisfy(sentence -> assertThat(sentence).contains("learned something, but not enough", "50.0 %"));
    }

    @Test
    void shouldSayThatOneClassAloneShowsNothing() {
        ModelVerdict verdict = verdict(List.of("ok", "hole\n"), new long[][] {{40, 2}, {0, 0}});
        assertThat(verdict.clearsFloor()).isFalse();
        assertThat(verdict.unseen()).containsExactly("hole\n");
        assertThat(verdict.sentences())
                .contains("This rests on 42 images of one class, which cannot show that it separates classes.")
                .contains("No image shows \"hole?\": nothing is known of it.");
    }
}
