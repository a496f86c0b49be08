package dev.fovea.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.statistics.Interval;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected values: the papers' formulas and numerical integration with SciPy 1.17. */
class LargeSampleTest {

    @ParameterizedTest
    @CsvSource({"100, 100, 0.3035208990", "1000, 500, 0.0968124102"})
    void shouldHaveTheRadiusOfThePaper(long count, double tightest, double radius) {
        Interval interval = AsymptoticSequence.of(count, 7, 4, 0.95, tightest);
        assertThat(interval.high() - 7).isCloseTo(2 * radius, within(1e-8));
        assertThat(interval.value()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({"30, 100, 0.2, 3.4847763854", "-10, 100, 0.2, -1.3960205344", "5, 2000, 0.05, -0.8125142290"})
    void shouldMixOverAHalfNormalPrior(double score, double information, double typical, double expected) {
        assertThat(GaussianTest.logAbove(score, information, typical)).isCloseTo(expected, within(1e-6));
    }

    @Test
    void shouldStayANumberFarOnTheOtherSide() {
        assertThat(GaussianTest.logAbove(-1e6, 1e4, 1)).isBetween(-1e3, -1.0);
    }

    /** Skewed revenue, looked at from the 100th value on: missed or crossed in about 5 % of runs at most. */
    @Test
    void shouldMissInAboutAsManyRunsAsStatedForSkewedValues() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(23);
        int runs = 1000;
        int missed = 0;
        int crossed = 0;
        double truth = Math.exp(0.5);
        double variance = Math.exp(2) - Math.exp(1);
        for (int run = 0; run < runs; run++) {
            double sum = 0;
            double squares = 0;
            boolean everMissed = false;
            boolean everCrossed = false;
            for (int i = 1; i <= 2000; i++) {
                double value = Math.exp(random.nextGaussian());
                sum += value;
                squares += value * value;
                if (i >= 100) {
                    double mean = sum / i;
                    double spread = (squares - sum * mean) / (i - 1);
                    everMissed |=
                            !AsymptoticSequence.of(i, mean, spread, 0.95, 1000).contains(truth);
                    everCrossed |=
                            GaussianTest.logAbove((sum - i * truth) / variance, i / variance, 0.1) >= Math.log(20);
                }
            }
            missed += everMissed ? 1 : 0;
            crossed += everCrossed ? 1 : 0;
        }
        assertThat((double) missed / runs).isBetween(0.005, 0.08); // the log-normal law is far from normal at 100
        assertThat((double) crossed / runs).isBetween(0.002, 0.05);
    }
}
