package dev.fovea.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.FoveaException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Golden numbers: statsmodels 0.15.0, scipy 1.17.1, and the papers named at each test. */
class TwoSampleTest {

    private static final Offset<Double> EXACT = within(1e-9);

    /** statsmodels {@code mcnemar(exact=True)}; mid-p = exact less scipy's {@code binom.pmf}. */
    @ParameterizedTest
    @CsvSource({
        "1, 7, 0.0703125, 0.0390625",
        "7, 1, 0.0703125, 0.0390625",
        "0, 6, 0.03125, 0.015625",
        "59, 6, 4.964650327128616e-12, 2.7258031986068867e-12",
        "12, 30, 0.007915897334896727, 0.0054015726545912895",
        "5, 5, 1, 1",
        "0, 0, 1, 1"
    })
    void shouldGiveTheMcNemarTestThatStatsmodelsGives(int first, int second, double exact, double midP) {
        McNemar test = McNemar.of(first, second);
        assertThat(test.exact()).isCloseTo(exact, within(1e-9 * exact + 1e-20));
        assertThat(test.midP()).isCloseTo(midP, within(1e-9 * midP + 1e-20));
    }

    @Property
    void shouldOrderTheMcNemarPValues(
            @ForAll @IntRange(max = 2000) int first, @ForAll @IntRange(max = 2000) int second) {
        McNemar test = McNemar.of(first, second);
        assertThat(test.midP()).isBetween(0.0, test.exact());
        assertThat(test.exact()).isBetween(0.0, 1.0);
        assertThat(McNemar.of(second, first).midP()).isEqualTo(test.midP());
    }

    /**
     * The first row is the worked example of Fagerland, Lydersen and Laake, "Recommended tests and confidence intervals
     * for paired binomial proportions", Statistics in Medicine 33 (2014), which gives [-0.507, -0.026] for the first
     * less the second; the others a numpy transcript of Newcombe's formulas.
     */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 7, 12, 0.2857142857142857, 0.02555912416485978, 0.506920226686141",
        "43, 3, 0, 4, -0.06, -0.15910485958109338, 0.02468388791441345",
        "20, 0, 0, 30, 0, -0.04038033158297433, 0.04038033158297433",
        "50, 0, 0, 0, 0, -0.07134759913335864, 0.07134759913335864",
        "59, 6, 16, 80, 0.06211180124223603, 0.004625113933050061, 0.11862119563870992",
        "36, 12, 2, 0, -0.2, -0.3404276029749407, -0.05692958400323869",
        "150, 4, 17, 9, 0.0722222222222223, 0.02228919822597425, 0.12629762511349346"
    })
    void shouldGiveNewcombesPairedInterval(int both, int one, int two, int none, double d, double low, double high) {
        Interval difference = new PairedProportions(both, one, two, none).difference();
        assertThat(difference.value()).isCloseTo(d, EXACT);
        assertThat(difference.low()).isCloseTo(low, EXACT);
        assertThat(difference.high()).isCloseTo(high, EXACT);
    }

    @Property
    void shouldMirrorThePairedIntervalWhenTheTwoSwap(
            @ForAll @IntRange(max = 200) int both,
            @ForAll @IntRange(max = 200) int one,
            @ForAll @IntRange(max = 200) int two,
            @ForAll @IntRange(min = 1, max = 200) int none) {
        Interval there = new PairedProportions(both, one, two, none).difference();
        Interval back = new PairedProportions(both, two, one, none).difference();
        assertThat(there.low()).isCloseTo(-back.high(), EXACT).isGreaterThanOrEqualTo(-1);
        assertThat(there.high()).isCloseTo(-back.low(), EXACT).isLessThanOrEqualTo(1);
    }

    @Test
    void shouldCountPairsFromOutcomes() {
        boolean[] first = {true, true, false, false, true};
        boolean[] second = {true, false, true, false, false};
        assertThat(PairedProportions.of(first, second)).isEqualTo(new PairedProportions(1, 2, 1, 1));
        assertThat(McNemar.of(first, second)).isEqualTo(McNemar.of(2, 1));
        assertThatThrownBy(() -> PairedProportions.of(first, new boolean[2])).isInstanceOf(FoveaException.class);
        assertThatThrownBy(() -> PairedProportions.of(new boolean[0], new boolean[0]))
                .isInstanceOf(FoveaException.class);
    }
}
