package dev.fovea.statistics.linear;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class OutOfFoldTest {

    private static final int ROWS = 150;

    /** Row i's own feature is unique to it: a fit that had seen the row would predict it perfectly. */
    @Test
    void shouldPredictARowWithoutItsOwnLabel() {
        RandomGenerator random = new SplittableRandom(1);
        float[][] rows = new float[ROWS][ROWS];
        int[] labels = new int[ROWS];
        for (int i = 0; i < ROWS; i++) {
            rows[i][i] = 1;
            labels[i] = random.nextInt(3);
        }
        double[][] probabilities = OutOfFold.fit(
                        FeatureMatrix.of(rows), ClassTargets.ofLabels(labels, 3), StratifiedFolds.of(labels, 5, 1))
                .probabilities();
        for (int i = 0; i < ROWS; i++) {
            assertThat(probabilities[i][labels[i]]).isLessThan(0.6);
        }
    }

    @Test
    void shouldChooseTheStrongestPenaltyForNoise() {
        RandomGenerator random = new SplittableRandom(2);
        float[][] rows = new float[ROWS][20];
        int[] labels = new int[ROWS];
        for (int i = 0; i < ROWS; i++) {
            labels[i] = random.nextInt(2);
            for (int d = 0; d < 20; d++) {
                rows[i][d] = (float) random.nextGaussian();
            }
        }
        ClassTargets targets = ClassTargets.ofLabels(labels, 2);
        StratifiedFolds folds = StratifiedFolds.of(labels, 5, 1);
        OutOfFold noise = OutOfFold.fit(FeatureMatrix.of(rows), targets, folds);
        assertThat(noise.c()).isEqualTo(1e-4);
        assertThat(noise.logLoss()).isEqualTo(targets.logLoss(noise.probabilities()));
        for (int i = 0; i < ROWS; i++) {
            rows[i][0] += 6 * labels[i];
        }
        OutOfFold separated = OutOfFold.fit(FeatureMatrix.of(rows), targets, folds);
        assertThat(separated.c()).isGreaterThan(0.01);
        assertThat(separated.logLoss()).isLessThan(0.05);
    }
}
