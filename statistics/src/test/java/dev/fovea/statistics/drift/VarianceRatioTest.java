package dev.fovea.statistics.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class VarianceRatioTest {

    @Test
    void scoresThatStayOnOneSideHaveMoreThanTheVarianceOfIndependentOnes() {
        // an autoregression with coefficient 0.5: the ratio of 4 is 1 + 2 (3/4 · 0.5 + 2/4 · 0.25 + 1/4 · 0.125) =
        // 2.0625
        RandomGenerator random = new SplittableRandom(3);
        double[] scores = new double[100_000];
        for (int i = 1; i < scores.length; i++) {
            scores[i] = 0.5 * scores[i - 1] + Math.sqrt(0.75) * random.nextGaussian();
        }
        assertThat(VarianceRatio.of(scores, 4)).isCloseTo(2.0625, within(0.05));
    }

    @Test
    void theRatioOfOneScoreIsItsMeanSquare() {
        assertThat(VarianceRatio.of(new double[] {1, -2, Double.NaN, 1}, 1)).isEqualTo(1.5);
    }
}
