package dev.fovea.statistics.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.statistics.anomaly.EqualAlarms.AnomalyScores;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EqualAlarmsTest {

    private static final double[] GOOD =
            IntStream.range(0, 20).mapToDouble(i -> i).toArray();

    @Test
    void shouldCompareAtTheSameNumberOfFalseAlarms() {
        // 10 % of 20 good images: the two above 17 are false alarms, on either scale
        AnomalyScores first = new AnomalyScores(GOOD, new double[] {17, 17.5, 16, 30, 2, 1, 0, 3, 4, 5});
        AnomalyScores second = new AnomalyScores(
                Arrays.stream(GOOD).map(score -> -100 + score / 7).toArray(),
                Arrays.stream(new double[] {18, 18, 18, 18, 18, 18, 18, 18, 18, 3})
                        .map(score -> -100 + score / 7)
                        .toArray());
        EqualAlarms compared = EqualAlarms.of(first, second, 0.1);
        assertThat(compared.alarms()).isEqualTo(2);
        assertThat(compared.first().found()).isEqualTo(2);
        assertThat(compared.second().found()).isEqualTo(9);
        assertThat(compared.gain().value()).isEqualTo(0.7, within(1e-12));
        // seven of seven discordant pairs: 2 · (1/2)^7 − (1/2)^7
        assertThat(compared.pValue()).isEqualTo(Math.pow(0.5, 7), within(1e-12));
        assertThat(compared.isShown()).isTrue();
    }

    @Test
    void shouldAllowNoAlarmWhereTheRateIsLessThanOneImage() {
        AnomalyScores scores = new AnomalyScores(GOOD, new double[] {19, 20});
        EqualAlarms compared = EqualAlarms.of(scores, scores, 0.01);
        assertThat(compared.alarms()).isZero();
        assertThat(compared.first().found()).isEqualTo(1);
        assertThat(compared.isShown()).isFalse();
    }

    @Test
    void shouldNotRaiseMoreAlarmsForEqualScores() {
        double[] saturated = {0, 0, 1, 1, 1, 1};
        EqualAlarms compared = EqualAlarms.of(
                new AnomalyScores(saturated, new double[] {1, 2}),
                new AnomalyScores(saturated, new double[] {1, 2}),
                0.2);
        assertThat(compared.first().found()).isEqualTo(1);
    }

    @Test
    void shouldRefuseScoresOfDifferentImages() {
        assertThatThrownBy(() -> EqualAlarms.of(
                        new AnomalyScores(GOOD, new double[] {1}), new AnomalyScores(GOOD, new double[] {1, 2}), 0.1))
                .hasMessageContaining("they must be as many");
    }
}
