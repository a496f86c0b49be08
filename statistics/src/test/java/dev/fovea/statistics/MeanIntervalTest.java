package dev.fovea.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.FoveaException;
import org.junit.jupiter.api.Test;

class MeanIntervalTest {

    /** With the quantile 2.446912 of six degrees of freedom in the tables of Student's t. */
    @Test
    void shouldEqualTheIntervalByTheTables() {
        Interval interval = MeanInterval.of(120, 95, 130, 0, 20, 110, 125);
        assertThat(interval.value()).isCloseTo(85.71428571428571, within(1e-9));
        assertThat(interval.low()).isCloseTo(36.454595, within(1e-5));
        assertThat(interval.high()).isCloseTo(134.973977, within(1e-5));
        assertThat(MeanInterval.of(4, 4, 4)).isEqualTo(new Interval(4, 4, 4));
        assertThatExceptionOfType(FoveaException.class).isThrownBy(() -> MeanInterval.of(4));
    }

    /** Newcombe (1998), table II: method 10 of 56/70 - 48/80 is 0.0524 to 0.3339, of 9/10 - 3/10 0.1705 to 0.8090. */
    @Test
    void shouldEqualTheIntervalsThatNewcombePublished() {
        Interval large = DifferenceOfProportions.of(WilsonInterval.of(56, 70), WilsonInterval.of(48, 80));
        assertThat(large.low()).isCloseTo(0.0524, within(5e-5));
        assertThat(large.high()).isCloseTo(0.3339, within(5e-5));
        Interval small = DifferenceOfProportions.of(WilsonInterval.of(9, 10), WilsonInterval.of(3, 10));
        assertThat(small.low()).isCloseTo(0.1705, within(5e-5));
        assertThat(small.high()).isCloseTo(0.8090, within(5e-5));
    }
}
