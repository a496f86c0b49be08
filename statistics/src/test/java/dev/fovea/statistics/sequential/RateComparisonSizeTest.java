package dev.fovea.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.FoveaException;
import dev.fovea.statistics.sequential.TwoSampleBet.Expected;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateComparisonSizeTest {

    /** (1.6449 + 0.8416)² · 2 · 0.125 · 0.875 · 2 / 0.05² = 1082 images in all. */
    @Test
    void shouldHaveTheFixedSizeOfTheTextbook() {
        assertThat(new RateComparisonSize(0.1, 0.05, 0.5, 0.05).fixed(0.8)).isCloseTo(1082, within(1L));
    }

    /** A fixed test of 80 % is shorter than the sequential one on average, and one of 90 % longer. */
    @Test
    void shouldSayFromWhichPowerOnASequentialTestIsShorterOnAverage() {
        RateComparisonSize size = new RateComparisonSize(0.02, 0.01, 0.5, 0.05);
        assertThat(size.even()).isBetween(0.8, 0.9);
        assertThat(size.fixed(0.8)).isEqualTo(6028).isLessThan(size.mean());
        assertThat(size.fixed(0.9)).isGreaterThan(size.mean());
        assertThat(size.fixed(size.even())).isCloseTo(size.mean(), within(1L));
    }

    /** Against 300 drawn comparisons with the bets that rollouts make. */
    @ParameterizedTest
    @CsvSource({"0.1, 0.05, 0.5", "0.1, 0.05, 0.1", "0.5, 0.1, 0.5"})
    void shouldPredictWhatASequentialTestTakes(double rate, double margin, double share) {
        RateComparisonSize size = new RateComparisonSize(rate, margin, share, 0.05);
        double[] taken = taken(rate, margin, share);
        assertThat(Arrays.stream(taken).average().orElseThrow()).isCloseTo(size.mean(), Percentage.withPercentage(25));
        Arrays.sort(taken);
        assertThat(taken[(int) (0.8 * taken.length)]).isCloseTo(size.sequential(0.8), Percentage.withPercentage(30));
        assertThat(size.sequential(0.95)).isGreaterThan(size.sequential(0.8));
    }

    private static double[] taken(double rate, double margin, double share) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(41);
        double[] taken = new double[300];
        for (int run = 0; run < taken.length; run++) {
            GradedCounts first = GradedCounts.trials(0, 0);
            GradedCounts second = GradedCounts.trials(0, 0);
            MixedEvidence evidence = MixedEvidence.none(4);
            while (evidence.log() < Math.log(20)) {
                long[] one = new long[2];
                long[] other = new long[2];
                for (int i = 0; i < 20; i++) {
                    (random.nextDouble() < share ? one : other)[random.nextDouble() < rate ? 1 : 0]++;
                }
                if (one[0] + one[1] == 0 || other[0] + other[1] == 0) {
                    one[0]++;
                    other[0]++;
                }
                GradedCounts more1 = new GradedCounts(one);
                GradedCounts more2 = new GradedCounts(other);
                if (first.total() > 0) {
                    double[] gains = new double[4];
                    double[] alternatives = {0, 0.5, -1, -4};
                    for (int i = 0; i < 4; i++) {
                        Expected expected = Expected.of(
                                first.mirrored(),
                                second.mirrored(),
                                Math.clamp(-alternatives[i] * margin, -0.95, 0.95));
                        gains[i] = TwoSampleBet.logE(more1.mirrored(), more2.mirrored(), -margin, expected);
                    }
                    evidence = evidence.plus(gains);
                }
                first = first.plus(more1);
                second = second.plus(more2);
            }
            taken[run] = first.total() + second.total();
        }
        return taken;
    }

    @Test
    void shouldRefuseWhatIsNoRateOrMargin() {
        assertThatThrownBy(() -> new RateComparisonSize(0.1, Double.NaN, 0.5, 0.05))
                .isInstanceOf(FoveaException.class);
        assertThatThrownBy(() -> new RateComparisonSize(0.95, 0.05, 0.5, 0.05))
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("below 1");
        assertThatThrownBy(() -> new RateComparisonSize(0.1, 0.05, 0.5, 0.05).fixed(1))
                .isInstanceOf(FoveaException.class);
    }
}
