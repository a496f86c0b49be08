package dev.fovea.statistics.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.statistics.Interval;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AreaUnderRocTest {

    /** scikit-learn: {@code roc_auc_score([0, 0, 0, 1, 1], [.1, .4, .4, .4, .8])}: 4 pairs above, 2 ties, of 6. */
    @Test
    void shouldCountTiesHalf() {
        assertThat(AreaUnderRoc.area(new double[] {0.1, 0.4, 0.4}, new double[] {0.8, 0.4}))
                .isCloseTo(5.0 / 6, within(1e-12));
    }

    @Test
    void shouldKeepAWidthWhereAllPositivesAreAbove() {
        Interval perfect = AreaUnderRoc.of(new double[] {1, 2, 3, 4, 5}, new double[] {6, 7, 8, 9, 10});
        assertThat(perfect.value()).isEqualTo(1);
        assertThat(perfect.high()).isEqualTo(1);
        assertThat(perfect.low()).isBetween(0.5, 0.95);
    }

    /** Normal scores one deviation apart have the area Phi(1 / sqrt 2). */
    @Test
    void shouldCoverTheTrueAreaAboutAsOftenAsStated() {
        Random random = new Random(3);
        double truth = 0.7602499;
        long covered = IntStream.range(0, 1000)
                .filter(_ -> AreaUnderRoc.of(normal(random, 20, 0), normal(random, 30, 1))
                        .contains(truth))
                .count();
        assertThat(covered).isBetween(930L, 980L);
    }

    private static double[] normal(Random random, int count, double mean) {
        return IntStream.range(0, count)
                .mapToDouble(_ -> mean + random.nextGaussian())
                .toArray();
    }
}
