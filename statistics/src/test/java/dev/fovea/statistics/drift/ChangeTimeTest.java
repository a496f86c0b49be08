package dev.fovea.statistics.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ChangeTimeTest {

    @Test
    void aPlainJumpIsFoundAtItsBlock() {
        double[] scores = {-1, -1, -1, -1, 3, 3, 3};
        ChangeTime time = ChangeTime.of(scores, days(7), Shifts.TWO_SIDED, 0.95);
        assertThat(time).isEqualTo(new ChangeTime(4, 4, 4));
    }

    @Test
    void theIntervalHoldsTheChangeAboutAsOftenAsItSays() {
        RandomGenerator random = new SplittableRandom(4);
        int runs = 500;
        int held = 0;
        for (int run = 0; run < runs; run++) {
            int change = 20 + random.nextInt(60);
            double[] scores = new double[100];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = random.nextGaussian() + (i >= change ? 0.9 : 0);
            }
            ChangeTime time = ChangeTime.of(scores, days(100), Shifts.TWO_SIDED, 0.95);
            held += time.earliest() <= change && change <= time.latest() ? 1 : 0;
        }
        assertThat(held / (double) runs).isBetween(0.92, 0.99);
    }

    private static double[] days(int count) {
        double[] days = new double[count];
        Arrays.fill(days, 1);
        return days;
    }
}
