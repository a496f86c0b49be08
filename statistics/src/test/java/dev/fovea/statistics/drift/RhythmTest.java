package dev.fovea.statistics.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RhythmTest {

    private static final Instant SUNDAY_NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void aShortSpanHasTheSinesAndCosinesOfItsTime() {
        double[] x = Rhythm.DAILY.regressors(
                SUNDAY_NOON.minusSeconds(6 * 3600 + 30), SUNDAY_NOON.minusSeconds(6 * 3600 - 30), ZoneOffset.UTC);
        // at 06:00 the first sine is 1, the second harmonic's cosine -1
        assertThat(x).hasSize(Rhythm.DAILY.count());
        assertThat(x[1]).isCloseTo(1, within(1e-4));
        assertThat(x[2]).isCloseTo(0, within(1e-4));
        assertThat(x[4]).isCloseTo(-1, within(1e-4));
    }

    @Test
    void aWholeDayHasNoTimeOfDay() {
        double[] x = Rhythm.DAILY.regressors(SUNDAY_NOON, SUNDAY_NOON.plus(Duration.ofDays(1)), ZoneOffset.UTC);
        assertThat(x[0]).isEqualTo(1);
        for (int k = 1; k < x.length; k++) {
            assertThat(x[k]).isCloseTo(0, within(1e-9));
        }
    }

    @Test
    void aSpanOverMidnightIsPartlyOfEachDay() {
        double[] x = Rhythm.WEEKLY.regressors(SUNDAY_NOON, SUNDAY_NOON.plus(Duration.ofHours(16)), ZoneOffset.UTC);
        int monday = Rhythm.DAILY.count();
        // 12 hours of Sunday count -3/4 for each day, 4 hours of Monday 1/4
        assertThat(x[monday]).isCloseTo(0.25 - 0.75, within(1e-9));
        assertThat(x[monday + 1]).isCloseTo(-0.75, within(1e-9));
    }

    @Test
    void aRhythmBeginsWithTheRegressorsOfSimplerOnes() {
        double[] weekly = Rhythm.WEEKLY.regressors(SUNDAY_NOON, SUNDAY_NOON.plusSeconds(600), ZoneOffset.UTC);
        assertThat(weekly)
                .startsWith(Rhythm.DAILY.regressors(SUNDAY_NOON, SUNDAY_NOON.plusSeconds(600), ZoneOffset.UTC));
    }
}
