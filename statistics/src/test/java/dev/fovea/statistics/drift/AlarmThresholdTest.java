package dev.fovea.statistics.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class AlarmThresholdTest {

    private static final int TESTS = 8;

    @Test
    void dependentTestsTogetherAlarmAtTheShareOfTheDeclaredRate() {
        double[] weights = new double[TESTS];
        Arrays.fill(weights, 1.0 / TESTS);
        double days = 90;
        double daysPerBlock = 1 / 24.0;
        double threshold = AlarmThreshold.of(days, AlarmThreshold.overshoot(Shifts.TWO_SIDED, 1));
        double rate = alarms(weights, threshold, daysPerBlock, 20_000) * days / 20_000;
        // 178 expected alarms: a standard error of 0.06
        assertThat(rate).isCloseTo(AlarmThreshold.SHARE, within(0.2));
    }

    private static int alarms(double[] weights, double threshold, double daysPerBlock, int days) {
        RandomGenerator random = new SplittableRandom(5);
        ShiryaevRoberts[] evidence = new ShiryaevRoberts[TESTS];
        Arrays.setAll(evidence, j -> new ShiryaevRoberts(Shifts.TWO_SIDED));
        double[] scores = new double[TESTS];
        double[] unshrunk = Shifts.TWO_SIDED.unshrunk();
        int alarms = 0;
        for (int block = 0; block < days / daysPerBlock; block++) {
            double common = random.nextGaussian(); // half the variance of each score
            for (int j = 0; j < TESTS; j++) {
                scores[j] = Math.sqrt(0.5) * (common + random.nextGaussian());
            }
            double all = 0;
            for (int j = 0; j < TESTS; j++) {
                evidence[j].add(scores[j], daysPerBlock, unshrunk);
                all += weights[j] * evidence[j].evidence();
            }
            if (all >= threshold) {
                alarms++;
                for (ShiryaevRoberts one : evidence) {
                    one.reset();
                }
            }
        }
        return alarms;
    }
}
