package dev.fovea.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PermutationTestTest {

    /** Of the 252 divisions of ten labels, one is as good: p is 1/252, here with 999 shuffles. */
    @Test
    void shouldGiveTheShareOfShufflesThatAreAsGood() {
        int[] labels = {0, 0, 0, 0, 0, 1, 1, 1, 1, 1};
        PermutationTest test = PermutationTest.of(2, labels, labels, 1);
        assertThat(test.balancedAccuracy()).isEqualTo(1);
        assertThat(test.chance()).isCloseTo(0.5, within(0.02));
        assertThat(test.pValue()).isCloseTo(1.0 / 252, within(0.005));
    }

    @Test
    void shouldNotPraiseTheMostFrequentClass() {
        int[] labels = new int[100];
        labels[3] = 1;
        PermutationTest test = PermutationTest.of(2, labels, new int[100], 1);
        assertThat(test.balancedAccuracy()).isEqualTo(0.5);
        assertThat(test.pValue()).isEqualTo(1);
    }

    /** Under no connection, p-values are uniform: few are small. */
    @Test
    void shouldRarelyFindAConnectionThatIsNotThere() {
        SplittableRandom random = new SplittableRandom(5);
        int found = 0;
        for (int run = 0; run < 200; run++) {
            int[] labels = random.ints(30, 0, 3).toArray();
            int[] predictions = random.ints(30, 0, 3).toArray();
            found += PermutationTest.of(3, labels, predictions, run).pValue() <= 0.05 ? 1 : 0;
        }
        assertThat(found).isBetween(1, 20);
    }
}
