package dev.fovea.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MacroF1IntervalTest {

    @Test
    void twoClassesAreTakenAsFullyDependent() {
        ConfusionMatrix confusion = ConfusionMatrix.of(new long[][] {{45, 5}, {5, 45}});
        Interval one = F1Interval.of(45, 5, 5);

        Interval both = MacroF1Interval.of(confusion, Interval.DEFAULT_LEVEL);

        assertThat(both.value()).isEqualTo(0.9, within(1e-12));
        assertThat(both.low()).isEqualTo(one.low(), within(1e-12));
        assertThat(both.high()).isEqualTo(one.high(), within(1e-12));
    }

    @Test
    void allRightIsNotShownToBePerfect() {
        Interval perfect = MacroF1Interval.of(
                ConfusionMatrix.of(new long[][] {{10, 0, 0}, {0, 10, 0}, {0, 0, 10}}), Interval.DEFAULT_LEVEL);

        assertThat(perfect.value()).isEqualTo(1);
        assertThat(perfect.low()).isBetween(0.7, 0.9);
        assertThat(perfect.high()).isEqualTo(1);
    }

    /** 400 samples of 240 images: an interval of 95 % covers at least about as often. */
    @Test
    void itCoversTheTrueValueAtLeastAsOftenAsItsLevelSays() {
        double[][] chances = {{0.9, 0.05, 0.05}, {0.1, 0.8, 0.1}, {0.05, 0.05, 0.9}};
        double truth = f1(chances);
        Random random = new Random(5);
        int covered = 0;
        for (int sample = 0; sample < 400; sample++) {
            long[][] counts = new long[3][3];
            for (int image = 0; image < 240; image++) {
                int label = random.nextInt(3);
                double at = random.nextDouble();
                int predicted = at < chances[label][0] ? 0 : at < chances[label][0] + chances[label][1] ? 1 : 2;
                counts[label][predicted]++;
            }
            if (MacroF1Interval.of(ConfusionMatrix.of(counts), Interval.DEFAULT_LEVEL)
                    .contains(truth)) {
                covered++;
            }
        }
        assertThat(covered).isGreaterThanOrEqualTo(376);
    }

    private static double f1(double[][] chances) {
        long[][] counts = new long[3][3];
        for (int truth = 0; truth < 3; truth++) {
            for (int predicted = 0; predicted < 3; predicted++) {
                counts[truth][predicted] = Math.round(1e6 * chances[truth][predicted]);
            }
        }
        return ConfusionMatrix.of(counts).macroF1().orElseThrow();
    }
}
