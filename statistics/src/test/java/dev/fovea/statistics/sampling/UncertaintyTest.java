package dev.fovea.statistics.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UncertaintyTest {

    @ParameterizedTest
    @EnumSource
    void shouldBeZeroForACertainClassAndOneForNone(Uncertainty uncertainty) {
        assertThat(uncertainty.of(new double[] {0, 1, 0})).isZero();
        assertThat(uncertainty.of(new double[] {0.25, 0.25, 0.25, 0.25})).isCloseTo(1, within(1e-12));
    }

    @Test
    void shouldGiveTheDefinitionsValues() {
        double[] probabilities = {0.2, 0.5, 0.3};
        assertThat(Uncertainty.MARGIN.of(probabilities)).isCloseTo(0.8, within(1e-12));
        // 1.0296530140645737 nats by scipy.stats.entropy, over ln 3
        assertThat(Uncertainty.ENTROPY.of(probabilities)).isCloseTo(1.0296530140645737 / Math.log(3), within(1e-12));
        assertThat(Uncertainty.LEAST_CONFIDENCE.of(probabilities)).isCloseTo(0.75, within(1e-12));
    }
}
