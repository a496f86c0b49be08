package dev.fovea.statistics.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class UnusualScoresTest {

    @Test
    void shouldFindThoseFarAboveEvenIfTheyAreAFifth() {
        Random random = new Random(5);
        double[] scores =
                random.doubles(100).map(u -> 20 * Math.exp(0.05 * (u - 0.5))).toArray();
        for (int i = 0; i < 20; i++) {
            scores[5 * i] = 40 + i;
        }
        assertThat(UnusualScores.of(scores, 5)).hasSize(20).startsWith(95, 90).allMatch(place -> place % 5 == 0);
    }

    @Test
    void shouldFindNoneAmongNormalScores() {
        Random random = new Random(6);
        double[] scores = new double[200];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = Math.exp(3 + 0.1 * random.nextGaussian());
        }
        assertThat(UnusualScores.of(scores, 5)).isEmpty();
    }
}
