package dev.fovea.statistics.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.FoveaException;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FalseAlarmThresholdTest {

    /** The ends are SciPy's {@code beta(k, n + 1 - k).ppf([.025, .975])}; for k = 1 they are closed forms. */
    @ParameterizedTest
    @CsvSource({"99, 0.01, 98, 0.01, 0.000255703, 0.0365757", "19, 0.05, 18, 0.05, 0.001331632, 0.1764669"})
    void shouldBeTheLargestScoreWhereThereAreJustEnough(
            int images, double stated, double threshold, double rate, double low, double high) {
        FalseAlarmThreshold found = FalseAlarmThreshold.of(
                IntStream.range(0, images).asDoubleStream().toArray(), stated);
        assertThat(found.threshold()).isEqualTo(threshold);
        assertThat(found.rate().value()).isCloseTo(rate, within(1e-12));
        assertThat(found.rate().low()).isCloseTo(low, within(1e-6));
        assertThat(found.rate().high()).isCloseTo(high, within(1e-6));
    }

    @Test
    void shouldLeaveAsManyScoresAboveAsTheRateAllows() {
        double[] scores = IntStream.range(0, 199).asDoubleStream().toArray();
        assertThat(FalseAlarmThreshold.of(scores, 0.05).threshold()).isEqualTo(189);
        assertThat(FalseAlarmThreshold.of(scores, 0.05).rate().value()).isCloseTo(0.05, within(1e-12));
    }

    /** A law of exchangeable scores of any distribution: over many draws the rate is the expected one. */
    @Test
    void shouldKeepTheRateWhateverTheDistribution() {
        Random random = new Random(1);
        int draws = 20_000;
        int alarms = 0;
        for (int i = 0; i < draws; i++) {
            double[] scores = random.doubles(39).map(u -> Math.exp(6 * u * u)).toArray();
            double fresh = Math.exp(6 * Math.pow(random.nextDouble(), 2));
            alarms += fresh > FalseAlarmThreshold.of(scores, 0.05).threshold() ? 1 : 0;
        }
        assertThat((double) alarms / draws).isCloseTo(0.05, within(0.005));
    }

    @Test
    void shouldSayHowManyScoresARateNeeds() {
        assertThat(FalseAlarmThreshold.needed(0.01)).isEqualTo(99);
        assertThat(FalseAlarmThreshold.needed(0.05)).isEqualTo(19);
        assertThat(FalseAlarmThreshold.needed(0.3)).isEqualTo(3);
        assertThatThrownBy(() -> FalseAlarmThreshold.of(new double[98], 0.01))
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("needs 99 scores");
    }
}
