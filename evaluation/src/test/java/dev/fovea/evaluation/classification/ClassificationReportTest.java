package dev.fovea.evaluation.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.evaluation.Drawn;
import dev.fovea.evaluation.classification.ClassificationReport.ClassScores;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassificationReportTest {

    /** Figures: scikit-learn 1.9.1; intervals: statsmodels 0.15.0 (Wilson). */
    @Test
    void shouldMatchKnownConfusionMatrix() {
        ClassificationReport report = ClassificationReport.of(Drawn.confused(
                List.of("none", "hole", "tear"), new long[][] {{50, 6, 4}, {3, 55, 2}, {0, 9, 51}}));
        assertThat(report.images()).isEqualTo(180);
        assertThat(report.labels()).containsExactly("none", "hole", "tear");
        assertThat(report.accuracy().value()).isCloseTo(156 / 180.0, within(1e-12));
        assertThat(report.accuracy().low()).isCloseTo(0.8092727787274112, within(1e-9));
        assertThat(report.accuracy().high()).isCloseTo(0.908737189463406, within(1e-9));
        assertThat(report.macro().precision()).isCloseTo(0.8746157847448811, within(1e-12));
        assertThat(report.macro().f1()).isCloseTo(0.8676348233870358, within(1e-12));
        ClassScores none = report.classes().getFirst();
        assertThat(none.support()).isEqualTo(60);
        assertThat(none.precision().orElseThrow().value()).isCloseTo(50 / 53.0, within(1e-12));
        assertThat(none.recall().orElseThrow().low()).isCloseTo(0.7196838683638547, within(1e-9));
        assertThat(none.f1().orElseThrow().value()).isCloseTo(0.884955752212389, within(1e-12));
    }

    @Test
    void shouldOmitUndefinedFigures() {
        ClassificationReport report = ClassificationReport.of(Drawn.confused(
                List.of("shown", "never predicted", "never shown", "neither"),
                new long[][] {{4, 0, 1, 0}, {2, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}}));
        ClassScores neverPredicted = report.classes().get(1);
        assertThat(neverPredicted.precision()).isEmpty();
        assertThat(neverPredicted.recall().orElseThrow().value()).isZero();
        assertThat(neverPredicted.f1().orElseThrow().value()).isZero();
        ClassScores neverShown = report.classes().get(2);
        assertThat(neverShown.recall()).isEmpty();
        assertThat(neverShown.precision().orElseThrow().value()).isZero();
        ClassScores neither = report.classes().get(3);
        assertThat(neither).isEqualTo(new ClassScores("neither", 0, neither.f1(), neither.f1(), neither.f1()));
        assertThat(neither.f1()).isEmpty();
        assertThat(report.macro().recall()).isCloseTo((0.8 + 0) / 2, within(1e-12));
    }

    @Test
    void shouldReportOneClassAndOneImage() {
        ClassificationReport report = ClassificationReport.of(Drawn.confused(List.of("only"), new long[][] {{1}}));
        assertThat(report.accuracy().value()).isEqualTo(1);
        assertThat(report.accuracy().low()).isLessThan(0.3);
        assertThat(report.calibration()).isEqualTo(new CalibrationFigures(0, 0, 1));
    }

    @Test
    void shouldRefuseEmptyReport() {
        assertThatThrownBy(() -> ClassificationReport.of(new ScoredImages(List.of("a"), List.of(), List.of())))
                .isInstanceOfSatisfying(
                        FoveaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATASET_INVALID));
    }

    /** A numpy and scipy transcript: folds dealt by truth and name, each scaled by the other's temperature. */
    @ParameterizedTest
    @CsvSource({
        "180, 3, 11, 3.0, 0.13238505676855114, 0.06225638938685346, 3.4833882210273064",
        "181, 5, 3, 0.5, 0.17923525536238724, 0.09100806416640757, 0.4813097256058386"
    })
    void shouldMeasureTheTemperatureOnImagesItWasNotFittedTo(
            int n, int k, int seed, double scale, double before, double after, double temperature) {
        CalibrationFigures figures =
                CalibrationFigures.of(Drawn.images(n, k, seed, scale).scored());
        assertThat(figures.before()).isCloseTo(before, within(1e-9));
        assertThat(figures.after()).isCloseTo(after, within(1e-6));
        assertThat(figures.temperature()).isCloseTo(temperature, within(1e-6));
    }

    /**
     * Each class assigns its images to the folds in turn. One fold is correct with low confidence, the other wrong with
     * high confidence, so that each fold's temperature worsens the other.
     */
    @Test
    void shouldNotScaleWhereTheTemperatureMakesItWorse() {
        List<Scored> images = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            boolean even = i % 2 == 0;
            int prediction = even || i % 4 == 1 ? 0 : 1;
            double margin = even ? 1 : 3;
            images.add(new Scored(
                    0,
                    new double[] {prediction == 0 ? margin : 0, prediction == 1 ? margin : 0},
                    "image-%02d".formatted(i)));
        }
        CalibrationFigures figures = CalibrationFigures.of(images);
        assertThat(figures.after()).isGreaterThan(figures.before());
        assertThat(figures.temperature()).isEqualTo(1);
        assertThat(figures.scales()).isFalse();
        String table = new ReportTable(ReportTable.DEFAULT_WIDTH)
                .render(ClassificationReport.of(new ScoredImages(List.of("a", "b"), images, List.of())));
        assertThat(table).contains("temperature scaling is off: it does not improve it");
    }

    @Property(tries = 50)
    void shouldNotDependOnTheOrderOfTheImages(
            @ForAll @IntRange(min = 1, max = 60) int images, @ForAll @IntRange(min = 1) int seed) {
        ScoredImages drawn = Drawn.images(images, 4, seed, 2);
        List<Scored> shuffled = new ArrayList<>(drawn.scored());
        Collections.shuffle(shuffled, new Random(seed));
        CalibrationFigures one = CalibrationFigures.of(drawn.scored());
        CalibrationFigures other = CalibrationFigures.of(shuffled);
        assertThat(other.before()).isCloseTo(one.before(), within(1e-12));
        assertThat(other.after()).isCloseTo(one.after(), within(1e-12));
        assertThat(other.temperature()).isCloseTo(one.temperature(), within(1e-9));
    }
}
