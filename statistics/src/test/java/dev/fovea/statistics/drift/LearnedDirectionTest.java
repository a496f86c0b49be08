package dev.fovea.statistics.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class LearnedDirectionTest {

    @Test
    void theDirectionIsTheWeightedMeanInTheMetricOfThePrecision() {
        LearnedDirection learned = new LearnedDirection(2, 0.5);
        learned.learn(new double[] {4, 0});
        learned.learn(new double[] {0, 2});
        // the mean is (1, 1)
        double[] direction = learned.direction(new double[][] {{2, 1}, {1, 3}});
        assertThat(direction).containsExactly(3, 4);
    }

    @Test
    void ofShiftedBlocksItPointsAlongTheShift() {
        RandomGenerator random = new SplittableRandom(6);
        LearnedDirection learned = new LearnedDirection(3, 0.1);
        for (int i = 0; i < 200; i++) {
            learned.learn(new double[] {2 + random.nextGaussian(), random.nextGaussian(), random.nextGaussian()});
        }
        double[] direction = learned.direction(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}});
        assertThat(direction[0] / Math.sqrt(LearnedDirection.score(direction, direction)))
                .isCloseTo(1, within(0.1));
    }
}
