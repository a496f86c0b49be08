package dev.fovea.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class BootstrapIntervalTest {

    private static final double[] HUNDREDTHS =
            IntStream.rangeClosed(0, 1000).mapToDouble(i -> i / 1000.0).toArray();

    @Test
    void shouldTakePlainPercentilesWhenTheValueIsTheMedian() {
        Interval interval = BootstrapInterval.of(0.5, HUNDREDTHS, 0.95);
        assertThat(interval.low()).isCloseTo(0.025, within(1e-9));
        assertThat(interval.high()).isCloseTo(0.975, within(1e-9));
    }

    @Test
    void shouldMoveAgainstTheBias() {
        // z0 = Φ⁻¹(0.3) = -0.5244; Φ(2·z0 - 1.96) = 0.0013, Φ(2·z0 + 1.96) = 0.8189
        Interval interval = BootstrapInterval.of(0.3, HUNDREDTHS, 0.95);
        assertThat(interval.low()).isCloseTo(0.0013, within(1e-3));
        assertThat(interval.high()).isCloseTo(0.8189, within(1e-3));
    }

    @Test
    void shouldBeThePointWithoutResamples() {
        assertThat(BootstrapInterval.of(0.7, new double[] {Double.NaN}, 0.95)).isEqualTo(new Interval(0.7, 0.7, 0.7));
    }

    @Property
    void shouldContainItsValue(@ForAll @DoubleRange(min = -2, max = 2) double value, @ForAll long seed) {
        double[] resampled = new Random(seed).doubles(50).toArray();
        Interval interval = BootstrapInterval.of(value, resampled, 0.95);
        assertThat(interval.contains(value)).isTrue();
        double[] shuffled = resampled.clone();
        Arrays.sort(shuffled);
        assertThat(BootstrapInterval.of(value, shuffled, 0.95)).isEqualTo(interval);
    }
}
