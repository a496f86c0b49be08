package dev.fovea.statistics.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PriorCorrectionTest {

    private static final int ROWS = 2000;

    /** Two classes whose features overlap, the second one as often as stated. */
    private static PriorCorrection choose(double share) {
        SplittableRandom random = new SplittableRandom(3);
        float[][] rows = new float[ROWS][1];
        int[] labels = new int[ROWS];
        for (int i = 0; i < ROWS; i++) {
            labels[i] = i < share * ROWS ? 1 : 0;
            rows[i][0] = (float) (random.nextGaussian() + 2 * labels[i]);
        }
        ClassTargets targets = ClassTargets.ofLabels(labels, 2);
        StratifiedFolds folds = StratifiedFolds.of(labels, 5, 1);
        return PriorCorrection.choose(
                OutOfFold.fit(FeatureMatrix.of(rows), targets, folds).probabilities(), targets, folds);
    }

    @Test
    void shouldFavourARareClassThatIsFoundTooSeldom() {
        PriorCorrection correction = choose(0.03);
        assertThat(correction.tau()).isPositive();
        assertThat(correction.after()).isGreaterThan(correction.before() + 0.03);
    }

    @Test
    void shouldLeaveEqualClassesAlone() {
        assertThat(choose(0.5).tau()).isZero();
    }

    @Test
    void shouldShiftLogitsByTheLogOfTheShare() {
        ClassTargets targets = ClassTargets.ofLabels(new int[] {0, 0, 0, 1}, 3);
        assertThat(new PriorCorrection(0.5, 0, 0).shifts(targets))
                .containsExactly(new double[] {-0.5 * Math.log(0.75), -0.5 * Math.log(0.25), 0}, within(1e-12));
    }
}
