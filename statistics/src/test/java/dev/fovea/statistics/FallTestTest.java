package dev.fovea.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.FoveaException;
import org.junit.jupiter.api.Test;

class FallTestTest {

    /** Student's t at 0.005 and 30 degrees of freedom, and at 0.0005 and 60: Fisher and Yates' table III. */
    @Test
    void shouldTakeStudentsQuantileAtTheLevelOfOneLook() {
        assertThat(FallTest.of(0.05, 10, 31, 200).critical()).isCloseTo(2.750, within(5e-4));
        assertThat(FallTest.of(0.05, 100, 200, 61).critical()).isCloseTo(3.460, within(5e-4));
    }

    @Test
    void shouldAddTheSamplingErrorsOfBothByTheLargerDeviation() {
        RunningMean reference = RunningMean.of(0.8, 1.0); // variance 0.02
        RunningMean window = RunningMean.of(0.5, 0.6, 0.7, 0.6); // variance 0.00667
        assertThat(new FallTest(3).margin(reference, window))
                .isCloseTo(3 * Math.sqrt(0.02 * (1 / 2.0 + 1 / 4.0)), within(1e-12));
        assertThat(new FallTest(3).margin(window, reference))
                .isCloseTo(new FallTest(3).margin(reference, window), within(1e-12));
    }

    @Test
    void shouldRejectSamplesWithoutVariance() {
        assertThatThrownBy(() -> FallTest.of(0.01, 10, 1, 200)).isInstanceOf(FoveaException.class);
        assertThatThrownBy(() -> FallTest.of(0, 10, 100, 200)).isInstanceOf(FoveaException.class);
        assertThatThrownBy(() -> FallTest.of(0.01, 0, 100, 200)).isInstanceOf(FoveaException.class);
    }
}
