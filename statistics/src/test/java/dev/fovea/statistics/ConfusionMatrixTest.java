package dev.fovea.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.FoveaException;
import java.util.List;
import java.util.OptionalDouble;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Golden numbers: scikit-learn 1.9.1 {@code precision_recall_fscore_support}. */
class ConfusionMatrixTest {

    private static final Offset<Double> EXACT = within(1e-12);

    @Test
    void shouldGiveTheFiguresThatScikitLearnGives() {
        ConfusionMatrix matrix = ConfusionMatrix.of(new long[][] {{50, 6, 4}, {3, 55, 2}, {0, 9, 51}});
        assertThat(matrix.accuracy()).hasValueCloseTo(0.8666666666666667, EXACT);
        assertThat(matrix.precision(0)).hasValueCloseTo(0.943396226415094, EXACT);
        assertThat(matrix.precision(1)).hasValueCloseTo(0.785714285714286, EXACT);
        assertThat(matrix.recall(1)).hasValueCloseTo(0.916666666666667, EXACT);
        assertThat(matrix.f1(0)).hasValueCloseTo(0.884955752212389, EXACT);
        assertThat(matrix.f1(2)).hasValueCloseTo(0.871794871794872, EXACT);
        assertThat(matrix.macroPrecision()).hasValueCloseTo(0.8746157847448811, EXACT);
        assertThat(matrix.macroRecall()).hasValueCloseTo(0.8666666666666667, EXACT);
        assertThat(matrix.macroF1()).hasValueCloseTo(0.8676348233870358, EXACT);
    }

    @Test
    void shouldCountUndefinedPrecisionAsZeroInTheMacroAverage() {
        ConfusionMatrix matrix = ConfusionMatrix.of(new long[][] {{5, 0, 2}, {3, 0, 1}, {0, 0, 4}});
        assertThat(matrix.precision(1)).isEmpty();
        assertThat(matrix.recall(1)).hasValue(0);
        assertThat(matrix.f1(1)).hasValue(0);
        assertThat(matrix.macroPrecision()).hasValueCloseTo(0.3988095238095238, EXACT);
        assertThat(matrix.macroRecall()).hasValueCloseTo(0.5714285714285715, EXACT);
        assertThat(matrix.macroF1()).hasValueCloseTo(0.4646464646464647, EXACT);
    }

    @Test
    void shouldLeaveAClassWithoutImagesOutOfTheAverages() {
        ConfusionMatrix matrix = ConfusionMatrix.of(new long[][] {{4, 1, 0}, {0, 0, 0}, {0, 0, 5}});
        assertThat(matrix.recall(1)).isEmpty();
        assertThat(matrix.precision(1)).hasValue(0);
        assertThat(matrix.macroRecall()).hasValueCloseTo((0.8 + 1) / 2, EXACT);
    }

    @Test
    void shouldWorkForOneClassAndForNoImages() {
        ConfusionMatrix one = ConfusionMatrix.tally(1, new int[] {0, 0}, new int[] {0, 0});
        assertThat(one.accuracy()).hasValue(1);
        assertThat(one.macroF1()).hasValue(1);
        ConfusionMatrix none = ConfusionMatrix.tally(3, new int[0], new int[0]);
        assertThat(none.total()).isZero();
        assertThat(List.of(none.accuracy(), none.macroF1(), none.f1(0))).containsOnly(OptionalDouble.empty());
    }

    @Test
    void shouldPutTruthsInRowsAndPredictionsInColumns() {
        ConfusionMatrix matrix = ConfusionMatrix.tally(2, new int[] {0, 0, 1}, new int[] {0, 1, 1});
        assertThat(matrix.counts()).isEqualTo(List.of(List.of(1L, 1L), List.of(0L, 1L)));
        assertThat(matrix.falseNegatives(0)).isEqualTo(1);
        assertThat(matrix.falsePositives(1)).isEqualTo(1);
    }

    @Test
    void shouldRejectInvalidCounts() {
        assertThatThrownBy(() -> new ConfusionMatrix(List.of())).isInstanceOf(FoveaException.class);
        assertThatThrownBy(() -> ConfusionMatrix.of(new long[][] {{1, 2}})).isInstanceOf(FoveaException.class);
        assertThatThrownBy(() -> ConfusionMatrix.of(new long[][] {{-1}})).isInstanceOf(FoveaException.class);
        assertThatThrownBy(() -> ConfusionMatrix.tally(2, new int[] {2}, new int[] {0}))
                .hasMessageContaining("truth 2");
        assertThatThrownBy(() -> ConfusionMatrix.tally(2, new int[] {1}, new int[0]))
                .isInstanceOf(FoveaException.class);
    }

    @Provide
    Arbitrary<ConfusionMatrix> matrices() {
        return Arbitraries.integers()
                .between(1, 6)
                .flatMap(k -> Arbitraries.longs()
                        .between(0, 200)
                        .list()
                        .ofSize(k)
                        .list()
                        .ofSize(k)
                        .map(ConfusionMatrix::new));
    }

    @Property
    void shouldKeepItsSums(@ForAll("matrices") ConfusionMatrix matrix) {
        long support = 0;
        long predicted = 0;
        for (int label = 0; label < matrix.classes(); label++) {
            support += matrix.support(label);
            predicted += matrix.predicted(label);
        }
        assertThat(support).isEqualTo(matrix.total()).isEqualTo(predicted);
    }

    @Property
    void shouldPutF1BetweenPrecisionAndRecall(@ForAll("matrices") ConfusionMatrix matrix) {
        for (int label = 0; label < matrix.classes(); label++) {
            if (matrix.precision(label).isPresent() && matrix.recall(label).isPresent()) {
                double precision = matrix.precision(label).getAsDouble();
                double recall = matrix.recall(label).getAsDouble();
                assertThat(matrix.f1(label).orElseThrow())
                        .isBetween(Math.min(precision, recall) - 1e-12, Math.max(precision, recall) + 1e-12);
            }
        }
    }

    @Property
    void shouldAddUpInEitherOrder(@ForAll("matrices") ConfusionMatrix matrix) {
        ConfusionMatrix empty = ConfusionMatrix.of(new long[matrix.classes()][matrix.classes()]);
        assertThat(matrix.plus(empty)).isEqualTo(matrix).isEqualTo(empty.plus(matrix));
        assertThat(matrix.plus(matrix).accuracy()).isEqualTo(matrix.accuracy());
    }
}
