package dev.fovea.statistics.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.FoveaException;
import dev.fovea.statistics.agreement.Agreement.Coefficient;
import dev.fovea.statistics.agreement.Agreement.Reason;
import dev.fovea.statistics.agreement.Agreement.Undefined;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Golden numbers: statsmodels 0.15.0 {@code cohens_kappa} and {@code fleiss_kappa}, and krippendorff 0.9.0
 * {@code alpha}, on the same labels; kappa on the items that both annotators labelled, Fleiss' on those that all four
 * did.
 */
class CoefficientsTest {

    private static final Offset<Double> EXACT = within(1e-12);
    private static final Bootstrap SMALL = new Bootstrap(200, 1, 0.95);

    /** Krippendorff 2011, section C: four observers, twelve units; he prints 0.743 (nominal) and 0.849 (interval). */
    private static final Ratings KRIPPENDORFF = DrawnRatings.parsed(
            6, "11.1", "2232", "3333", "3333", "2222", "1234", "4444", "1121", "2222", ".555", "..11", ".3..");

    @Test
    void shouldGiveKrippendorffsPublishedAlpha() {
        assertThat(value(KrippendorffAlpha.nominal(KRIPPENDORFF))).isCloseTo(0.743421052631579, EXACT);
        assertThat(value(KrippendorffAlpha.of(KRIPPENDORFF, CoefficientsTest::squared, SMALL)))
                .isCloseTo(0.8491071428571428, EXACT);
        assertThat(coefficient(KrippendorffAlpha.nominal(KRIPPENDORFF)).items()).isEqualTo(11);
    }

    /** The worked example of the article "Fleiss' kappa" of Wikipedia, ten items by 14 raters; it prints 0.210. */
    @Test
    void shouldGiveFleissKappaOfTheWorkedExample() {
        int[][] counts = {
            {0, 0, 0, 0, 14}, {0, 2, 6, 4, 2}, {0, 0, 3, 5, 6}, {0, 3, 9, 2, 0}, {2, 2, 8, 1, 1},
            {7, 7, 0, 0, 0}, {3, 2, 6, 3, 0}, {2, 5, 3, 2, 2}, {6, 5, 2, 1, 0}, {0, 2, 2, 3, 7}
        };
        int[][] table = Arrays.stream(counts)
                .map(row -> IntStream.range(0, 5)
                        .flatMap(k -> IntStream.generate(() -> k).limit(row[k]))
                        .toArray())
                .toArray(int[][]::new);
        Coefficient kappa = coefficient(FleissKappa.of(Ratings.of(5, table)));
        assertThat(kappa.value().value()).isCloseTo(0.20993070442195522, EXACT);
        assertThat(kappa.observed()).isCloseTo(0.378, within(1e-3));
        assertThat(kappa.expected()).isCloseTo(0.213, within(1e-3));
    }

    /** 20, 5, 10 and 15 of 50 grants: observed 0.7, by chance 0.5, so kappa is 0.2 / 0.5 by hand. */
    @Test
    void shouldGiveCohensKappaWorkedByHand() {
        List<String> rows = new ArrayList<>();
        List.of("00", "01", "10", "11").forEach(row -> {
            int count = row.equals("00") ? 20 : row.equals("01") ? 5 : row.equals("10") ? 10 : 15;
            rows.addAll(Collections.nCopies(count, row));
        });
        Coefficient kappa = coefficient(CohenKappa.of(DrawnRatings.parsed(2, rows.toArray(String[]::new)), 0, 1));
        assertThat(kappa.value().value()).isCloseTo(0.4, EXACT);
        assertThat(kappa.observed()).isCloseTo(0.7, EXACT);
        assertThat(kappa.expected()).isCloseTo(0.5, EXACT);
        assertThat(kappa.value().low()).isBetween(0.1, 0.2);
        assertThat(kappa.value().high()).isBetween(0.6, 0.7);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 24, 0.6033057851239669",
        "0, 2, 26, 0.3499999999999999",
        "0, 3, 20, 0.7692307692307693",
        "1, 2, 26, 0.20657276995305165",
        "1, 3, 18, 0.38536585365853665",
        "2, 3, 21, 0.27835051546391765"
    })
    void shouldGiveTheKappaThatStatsmodelsGives(int first, int second, int items, double expected) {
        Coefficient kappa = coefficient(CohenKappa.of(DrawnRatings.reference(), first, second));
        assertThat(kappa.items()).isEqualTo(items);
        assertThat(kappa.value().value()).isCloseTo(expected, EXACT);
        assertThat(CohenKappa.of(DrawnRatings.reference(), second, first))
                .isInstanceOfSatisfying(
                        Coefficient.class,
                        other -> assertThat(other.value().value()).isCloseTo(expected, EXACT));
    }

    @Test
    void shouldGiveFleissKappaOfTheItemsThatAllLabelled() {
        Ratings all = DrawnRatings.reference();
        int[][] complete = IntStream.range(0, all.items())
                .filter(item -> all.count(item) == 4)
                .mapToObj(item ->
                        IntStream.range(0, 4).map(j -> all.label(item, j)).toArray())
                .toArray(int[][]::new);
        assertThat(complete).hasNumberOfRows(12);
        assertThat(value(FleissKappa.of(Ratings.of(3, complete)))).isCloseTo(0.44134078212290506, EXACT);
    }

    @Test
    void shouldGiveTheAlphaThatKrippendorffGivesWithGaps() {
        assertThat(value(KrippendorffAlpha.nominal(DrawnRatings.reference()))).isCloseTo(0.42097241274195984, EXACT);
        assertThat(value(KrippendorffAlpha.of(DrawnRatings.reference(), CoefficientsTest::squared, SMALL)))
                .isCloseTo(0.5049535131839658, EXACT);
    }

    @Test
    void shouldGiveTheSameAlphaForValuesThatAreOnlyCompared() {
        Ratings ratings = DrawnRatings.reference();
        int[] labels = new int[ratings.size()];
        int[] items = new int[ratings.size()];
        int at = 0;
        for (int item = 0; item < ratings.items(); item++) {
            for (int r = ratings.start(item); r < ratings.start(item + 1); r++) {
                labels[at] = ratings.labelAt(r);
                items[at++] = item;
            }
        }
        Coefficient values = coefficient(
                ValueAlpha.of(items, ratings.items(), (a, b) -> squared(labels[a], labels[b]), Bootstrap.DEFAULT));
        Coefficient classes = coefficient(KrippendorffAlpha.of(ratings, CoefficientsTest::squared, Bootstrap.DEFAULT));
        assertThat(values.value().value()).isCloseTo(classes.value().value(), EXACT);
        assertThat(values.expected()).isCloseTo(classes.expected(), EXACT);
        assertThat(values.items()).isEqualTo(classes.items());
        assertThat(values.value().low()).isCloseTo(classes.value().low(), within(0.05));
        assertThat(values.value().high()).isCloseTo(classes.value().high(), within(0.05));
    }

    @Test
    void shouldSayWhyThereIsNoCoefficient() {
        Ratings alone = DrawnRatings.parsed(2, "0.", "1.");
        Ratings apart = DrawnRatings.parsed(2, "0.", ".1", "1.");
        Ratings same = DrawnRatings.parsed(3, "111", "111", "11.");
        assertThat(List.of(CohenKappa.of(apart, 0, 1), FleissKappa.of(apart), KrippendorffAlpha.nominal(apart)))
                .containsOnly(new Undefined(Reason.NO_OVERLAP));
        assertThat(List.of(FleissKappa.of(alone), KrippendorffAlpha.nominal(alone)))
                .containsOnly(new Undefined(Reason.ONE_ANNOTATOR));
        assertThat(CohenKappa.of(alone, 0, 1)).isEqualTo(new Undefined(Reason.ONE_ANNOTATOR));
        assertThat(List.of(CohenKappa.of(same, 0, 1), FleissKappa.of(same), KrippendorffAlpha.nominal(same)))
                .containsOnly(new Undefined(Reason.ONE_CLASS));
        assertThat(ValueAlpha.of(new int[] {0, 1}, 2, LabelDistance.NOMINAL, SMALL))
                .isEqualTo(new Undefined(Reason.NO_OVERLAP));
        assertThat(ValueAlpha.of(new int[] {0, 0}, 1, (a, b) -> 0, SMALL)).isEqualTo(new Undefined(Reason.ONE_CLASS));
        assertThat(Reason.ONE_CLASS.message()).contains("add items of other classes");
    }

    @Property(tries = 20)
    void shouldBeOneWhenAllAgreeAndNearZeroWhenNoneLooks(@ForAll long seed) {
        Ratings agreed =
                DrawnRatings.of(300, 4, new double[] {1, 1, 1}, 0.2, 0, seed).ratings();
        Ratings guessed = DrawnRatings.of(4000, 4, new double[] {0.25, 0.25, 0.25}, 0.2, 0, seed)
                .ratings();
        for (Agreement one : all(agreed)) {
            assertThat(coefficient(one).value().value()).isCloseTo(1, EXACT);
            assertThat(coefficient(one).value().width()).isCloseTo(0, EXACT);
        }
        for (Agreement zero : all(guessed)) {
            assertThat(value(zero)).isCloseTo(0, within(0.08));
        }
    }

    @Property(tries = 20)
    void shouldNotDependOnTheOrderOfAnnotatorsAndClasses(
            @ForAll long seed, @ForAll @DoubleRange(min = 0, max = 0.5) double gaps) {
        DrawnRatings drawn = DrawnRatings.of(200, 4, new double[] {0.9, 0.6, 0.4}, gaps, 0.3, seed);
        List<Agreement> before = all(drawn.ratings());
        Ratings turned = drawn.reversed();
        List<Agreement> after = List.of(
                CohenKappa.of(turned, 1, 2, SMALL), FleissKappa.of(turned, SMALL), KrippendorffAlpha.nominal(turned));
        for (int i = 0; i < before.size(); i++) {
            assertThat(value(before.get(i))).isCloseTo(value(after.get(i)), EXACT);
        }
    }

    /** 500 sets of 100 items: a 95 % interval contains the coefficient of a large set about as often. */
    @Test
    void shouldContainTheTrueAlphaInMostSamples() {
        double[] skills = {0.9, 0.8, 0.7};
        Ratings large = DrawnRatings.of(50_000, 3, skills, 0.2, 0, 1).ratings();
        double truth = value(KrippendorffAlpha.of(large, LabelDistance.NOMINAL, SMALL));
        int contained = 0;
        for (int set = 0; set < 500; set++) {
            Ratings sample = DrawnRatings.of(100, 3, skills, 0.2, 0, 100 + set).ratings();
            Bootstrap bootstrap = new Bootstrap(300, set, 0.95);
            contained += coefficient(KrippendorffAlpha.of(sample, LabelDistance.NOMINAL, bootstrap))
                            .value()
                            .contains(truth)
                    ? 1
                    : 0;
        }
        assertThat(contained / 500.0).isBetween(0.92, 0.98);
    }

    @Test
    void shouldRejectWhatIsNoRatings() {
        assertThatThrownBy(() -> DrawnRatings.parsed(2, "02"))
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("classes are 0 to 1");
        assertThatThrownBy(() -> Ratings.of(2, 1, 1, new int[] {0, 0}, new int[] {0, 0}, new int[] {0, 1}))
                .hasMessageContaining("labelled item 0 twice");
        assertThatThrownBy(() -> Ratings.of(2, new int[][] {{0, 1}, {0}})).hasMessageContaining("row of 1");
        assertThatThrownBy(() -> Ratings.of(2, new int[0][])).isInstanceOf(FoveaException.class);
        assertThatThrownBy(() -> CohenKappa.of(DrawnRatings.parsed(2, "01"), 0, 0))
                .hasMessageContaining("different");
        assertThatThrownBy(() -> KrippendorffAlpha.of(DrawnRatings.parsed(2, "01"), (a, b) -> Double.NaN, SMALL))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> new Bootstrap(5, 1, 0.95)).hasMessageContaining("100");
    }

    private static List<Agreement> all(Ratings ratings) {
        return List.of(
                CohenKappa.of(ratings, 0, 1, SMALL),
                FleissKappa.of(ratings, SMALL),
                KrippendorffAlpha.nominal(ratings));
    }

    private static double squared(int one, int other) {
        return (double) (one - other) * (one - other);
    }

    private static Coefficient coefficient(Agreement agreement) {
        assertThat(agreement).isInstanceOf(Coefficient.class);
        return (Coefficient) agreement;
    }

    private static double value(Agreement agreement) {
        return coefficient(agreement).value().value();
    }
}
