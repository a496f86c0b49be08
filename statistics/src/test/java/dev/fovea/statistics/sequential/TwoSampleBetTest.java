package dev.fovea.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.FoveaException;
import dev.fovea.statistics.sequential.TwoSampleBet.Expected;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwoSampleBetTest {

    private static final int GRADES = 101;

    /** Expected values: the reverse information projection by numerical minimization with SciPy 1.17. */
    @ParameterizedTest
    @CsvSource({
        "6, 20, 3, 60, 0.2, 0.1, 0, 2.5017608730",
        "2, 10, 30, 100, 0.3, 0.3, -0.05, -0.1673784136",
        "5, 10, 10, 100, 0.2, 0.08, 0.05, 1.4915860731"
    })
    void shouldBeTheSafeTestOfTwoProportions(
            long k1, long n1, long k2, long n2, double p1, double p2, double difference, double expected) {
        double log = TwoSampleBet.logE(
                GradedCounts.trials(k1, n1), GradedCounts.trials(k2, n2), difference, new Expected(p1, p2, 1));
        assertThat(log).isCloseTo(expected, within(1e-6));
    }

    /** Exact, over all outcomes of a block: the expectation is at most 1 wherever the null hypothesis holds. */
    @ParameterizedTest
    @CsvSource({"3, 9, 0.3, 0.1, 0", "5, 5, 0.5, 0.4, 0.05", "2, 12, 0.02, 0.02, -0.1", "8, 2, 0.9, 0.4, 0.2"})
    void shouldExpectNoGainUnderTheNullHypothesis(int n1, int n2, double p1, double p2, double difference) {
        Expected expected = new Expected(p1, p2, 1);
        for (double second = 0.01; second < 1; second += 0.07) {
            for (double first = 0.01; first < 1 && first <= second + difference; first += 0.07) {
                double mean = 0;
                for (int k1 = 0; k1 <= n1; k1++) {
                    for (int k2 = 0; k2 <= n2; k2++) {
                        mean += binomial(n1, k1, first)
                                * binomial(n2, k2, second)
                                * Math.exp(TwoSampleBet.logE(
                                        GradedCounts.trials(k1, n1),
                                        GradedCounts.trials(k2, n2),
                                        difference,
                                        expected));
                    }
                }
                assertThat(mean).as("%s against %s", first, second).isLessThanOrEqualTo(1 + 1e-9);
            }
        }
    }

    private static double binomial(int n, int k, double p) {
        double ways = 1;
        for (int i = 0; i < k; i++) {
            ways = ways * (n - i) / (i + 1);
        }
        return ways * Math.pow(p, k) * Math.pow(1 - p, n - k);
    }

    /** A share that changes and a rate that drifts for both, looked at after every block. */
    @ParameterizedTest
    @CsvSource({"0.02, 0.02, 0", "0.3, 0.27, 0.03", "0.05, 0.1, -0.05"})
    void shouldCrossInFewerRunsThanStatedWhereTheNullHypothesisHolds(double first, double second, double difference) {
        assertThat(crossed(bits(first), bits(second), difference, difference + 0.04, 2, 300))
                .isLessThanOrEqualTo(0.05);
    }

    @Test
    void shouldCrossInFewerRunsThanStatedForGradedValues() {
        ToDoubleFunction<RandomGenerator> values = random -> 0.6 + 0.4 * random.nextDouble();
        assertThat(crossed(values, values, 0, 0.02, GRADES, 200)).isLessThanOrEqualTo(0.05);
    }

    @Test
    void shouldCrossNearlyAlwaysWhereTheAlternativeHolds() {
        assertThat(crossed(bits(0.09), bits(0.05), 0, 0.04, 2, 300)).isGreaterThan(0.9);
        ToDoubleFunction<RandomGenerator> sure = random -> 0.6 + 0.4 * random.nextDouble();
        ToDoubleFunction<RandomGenerator> surer = random -> 0.64 + 0.36 * random.nextDouble();
        assertThat(crossed(surer, sure, 0, 0.02, GRADES, 200)).isGreaterThan(0.9);
    }

    private static ToDoubleFunction<RandomGenerator> bits(double rate) {
        return random -> random.nextDouble() < rate ? 1 : 0;
    }

    /** The share of 500 runs in which the product of up to so many blocks ever reaches 20. */
    private static double crossed(
            ToDoubleFunction<RandomGenerator> first,
            ToDoubleFunction<RandomGenerator> second,
            double difference,
            double alternative,
            int grades,
            int blocks) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(17);
        int runs = 500;
        int crossed = 0;
        for (int run = 0; run < runs; run++) {
            GradedCounts sum1 = GradedCounts.none(grades);
            GradedCounts sum2 = GradedCounts.none(grades);
            double log = 0;
            for (int block = 0; block < blocks && log < Math.log(20); block++) {
                int n1 = 1 + (block < 50 ? random.nextInt(3) : random.nextInt(20));
                Expected expected = Expected.of(sum1, sum2, alternative);
                GradedCounts more1 = drawn(first, n1, grades, random);
                GradedCounts more2 = drawn(second, 20, grades, random);
                log += TwoSampleBet.logE(more1, more2, difference, expected);
                sum1 = sum1.plus(more1);
                sum2 = sum2.plus(more2);
            }
            crossed += log >= Math.log(20) ? 1 : 0;
        }
        return (double) crossed / runs;
    }

    private static GradedCounts drawn(
            ToDoubleFunction<RandomGenerator> law, int count, int grades, RandomGenerator random) {
        long[] counts = new long[grades];
        for (int i = 0; i < count; i++) {
            counts[
                    (int) Math.floor(
                            law.applyAsDouble(random) * (grades - 1) + (grades == 2 ? 0 : random.nextDouble()))]++;
        }
        return new GradedCounts(counts);
    }

    @Test
    void shouldNotBetWhereTheExpectationIsTheNullHypothesis() {
        GradedCounts block = GradedCounts.trials(3, 10);
        assertThat(TwoSampleBet.logE(block, block, 0.1, new Expected(0.3, 0.3, 1)))
                .isZero();
        assertThatThrownBy(() -> TwoSampleBet.logE(GradedCounts.none(2), block, 0, new Expected(0.3, 0.1, 1)))
                .isInstanceOf(FoveaException.class);
    }

    /** No errors at all so far, and a block full of them: every number stays one. */
    @Test
    void shouldStayFiniteAtTheEdges() {
        GradedCounts none = GradedCounts.trials(0, 1000);
        GradedCounts all = GradedCounts.trials(1000, 1000);
        for (double difference : new double[] {-0.5, -0.001, 0, 0.001, 0.5}) {
            for (double alternative : new double[] {difference + 0.0005, difference + 0.4}) {
                Expected low = Expected.of(none, none, alternative);
                Expected high = Expected.of(all, all, alternative);
                for (Expected expected : new Expected[] {low, high}) {
                    assertThat(TwoSampleBet.logE(all, none, difference, expected))
                            .isFinite();
                    assertThat(TwoSampleBet.logE(none, all, difference, expected))
                            .isFinite();
                }
            }
        }
    }
}
