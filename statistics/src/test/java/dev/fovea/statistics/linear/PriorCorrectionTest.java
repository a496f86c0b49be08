package dev.fovea.statistics.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PriorCorrectionTest {

    private static final ClassTargets TARGETS = ClassTargets.ofLabels(new int[] {0, 0, 0, 1}, 3);

    @Test
    void shouldShiftLogitsByTheLogOfTheShare() {
        assertThat(new PriorCorrection(0.5).shifts(TARGETS))
                .containsExactly(new double[] {-0.5 * Math.log(0.75), -0.5 * Math.log(0.25), 0}, within(1e-12));
    }

    @Test
    void shouldPredictTheClassThatGainsMostOverItsShare() {
        double[][] probabilities = {{0.7, 0.3, 0}, {0.8, 0.2, 0}};
        assertThat(PriorCorrection.NONE.predictions(probabilities, TARGETS)).containsExactly(0, 0);
        // 0.3 is more than its share of a quarter, 0.2 is less
        assertThat(new PriorCorrection(1).predictions(probabilities, TARGETS)).containsExactly(1, 0);
    }
}
