package dev.fovea.statistics.linear;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BalanceChoiceTest {

    private static final int ROWS = 2000;

    /** Two classes whose features overlap, the second one as often as stated. */
    private static BalanceChoice choose(double share, List<ClassBalance> balances) {
        SplittableRandom random = new SplittableRandom(3);
        float[][] rows = new float[ROWS][1];
        int[] labels = new int[ROWS];
        for (int i = 0; i < ROWS; i++) {
            labels[i] = i < share * ROWS ? 1 : 0;
            rows[i][0] = (float) (random.nextGaussian() + 2 * labels[i]);
        }
        ClassTargets targets = ClassTargets.ofLabels(labels, 2);
        StratifiedFolds folds = StratifiedFolds.of(labels, 5, 1);
        FeatureMatrix features = FeatureMatrix.of(rows);
        return BalanceChoice.of(
                balances,
                targets,
                balance -> OutOfFold.fit(
                        features, balance.of(targets, 1), folds, LogisticSettings.DEFAULT.withFocus(balance.focus())),
                1);
    }

    @Test
    void shouldFavourARareClassThatIsFoundTooSeldom() {
        BalanceChoice choice = choose(0.03, List.of(ClassBalance.values()));
        assertThat(choice.chosen().macroF1()).isGreaterThan(choice.plain().macroF1() + 0.03);
        assertThat(choice.chosen().worstRecall()).isGreaterThan(choice.plain().worstRecall() + 0.2);
        // four adjustments of the plain fit; five each of the roots and the focal loss; weights; undersampling
        assertThat(choice.tried()).isEqualTo(16);
    }

    @Test
    void shouldAdjustLogitsWhereNothingElseIsTried() {
        BalanceChoice choice = choose(0.03, List.of());
        assertThat(choice.chosen().balance()).isEqualTo(ClassBalance.NONE);
        assertThat(choice.chosen().prior().tau()).isPositive();
    }

    @Test
    void shouldLeaveEqualClassesAlone() {
        BalanceChoice choice = choose(0.5, List.of(ClassBalance.values()));
        assertThat(choice.chosen()).isSameAs(choice.plain());
    }
}
