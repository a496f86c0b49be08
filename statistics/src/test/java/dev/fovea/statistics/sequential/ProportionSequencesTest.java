package dev.fovea.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.FoveaException;
import dev.fovea.statistics.Interval;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected values: numerical integration over the prior with SciPy 1.17. */
class ProportionSequencesTest {

    private static final Offset<Double> CLOSE = within(1e-6);
    private static final int RUNS = 800;

    @ParameterizedTest
    @CsvSource({"3, 20, 0.4, 1.2346499513", "0, 50, 0.1, 2.7371493789", "12, 400, 0.01, 2.0393951046"})
    void shouldGiveTheEvidenceAgainstAProportion(long successes, long trials, double proportion, double expected) {
        assertThat(BetaBinomialSequence.logE(successes, trials, proportion)).isCloseTo(expected, CLOSE);
    }

    @ParameterizedTest
    @CsvSource({"3, 20, 0.0132693217, 0.4752530971", "0, 50, 0, 0.1046424711", "120, 1000, 0.0858658777, 0.1608665174"})
    void shouldEncloseAProportion(long successes, long trials, double low, double high) {
        Interval interval = BetaBinomialSequence.of(successes, trials, 0.95);
        assertThat(interval.low()).isCloseTo(low, CLOSE);
        assertThat(interval.high()).isCloseTo(high, CLOSE);
        assertThat(BetaBinomialSequence.of(trials - successes, trials, 0.95).low())
                .isCloseTo(1 - high, CLOSE);
    }

    @ParameterizedTest
    @CsvSource({"8, 100, 0.02, 2.8372816679", "1, 300, 0.01, -4.3475378305", "40, 100, 0.3, 0.1713569641"})
    void shouldGiveTheEvidenceThatAProportionIsAboveALimit(long successes, long trials, double limit, double expected) {
        assertThat(ProportionTest.logAbove(successes, trials, limit)).isCloseTo(expected, CLOSE);
        assertThat(ProportionTest.logBelow(trials - successes, trials, 1 - limit))
                .isCloseTo(expected, CLOSE);
    }

    /** With many trials on the side of the null hypothesis there is no evidence, and no number that is none. */
    @Test
    void shouldStayANumberFarOnTheOtherSide() {
        assertThat(ProportionTest.logAbove(0, 10_000_000, 0.5)).isLessThan(-100);
        assertThat(ProportionTest.logAbove(5_100_000, 10_000_000, 0.5)).isGreaterThan(100);
    }

    @Test
    void shouldKnowNothingBeforeTheFirstTrial() {
        assertThat(BetaBinomialSequence.of(0, 0, 0.95)).isEqualTo(new Interval(0.5, 0, 1));
        assertThat(ProportionTest.logAbove(0, 0, 0.2)).isCloseTo(0, CLOSE);
        assertThatThrownBy(() -> BetaBinomialSequence.of(3, 2, 0.95)).isInstanceOf(FoveaException.class);
        assertThatThrownBy(() -> ProportionTest.logAbove(1, 2, 1)).isInstanceOf(FoveaException.class);
    }

    /** Looked at after each of 1,000 trials; the share of runs that ever miss stays below 5 %. */
    @ParameterizedTest
    @CsvSource({"0.01, 0.05", "0.3, 0.05", "0.97, 0.05"})
    void shouldMissAtAnyTimeInFewerRunsThanStated(double truth, double error) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(11);
        int missed = 0;
        int above = 0;
        for (int run = 0; run < RUNS; run++) {
            long successes = 0;
            boolean everMissed = false;
            boolean everAbove = false;
            for (int trial = 1; trial <= 1000; trial++) {
                successes += random.nextDouble() < truth ? 1 : 0;
                everMissed |= BetaBinomialSequence.logE(successes, trial, truth) >= -Math.log(error);
                everAbove |= trial % 5 == 0 && ProportionTest.logAbove(successes, trial, truth) >= -Math.log(error);
            }
            missed += everMissed ? 1 : 0;
            above += everAbove ? 1 : 0;
        }
        assertThat((double) missed / RUNS).isBetween(0.002, error);
        assertThat((double) above / RUNS).isBetween(0.002, error);
    }
}
