package dev.fovea.labels.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AssignmentTest {

    /** Greedy pairs would take the 9 and then the 1. */
    @Test
    void shouldTakeThePairsOfGreatestSum() {
        assertThat(Assignment.of(new double[][] {{9, 8}, {8, 1}})).containsExactly(1, 0);
        assertThat(Assignment.of(new double[][] {{1}, {3}, {2}})).containsExactly(-1, 0, -1);
        assertThat(Assignment.of(new double[0][])).isEmpty();
        assertThat(Assignment.of(new double[][] {{}, {}})).containsExactly(-1, -1);
    }

    @Property(tries = 200)
    void shouldBeAsGoodAsTheBestOfAllAssignments(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 5) int rows,
            @ForAll @IntRange(min = 1, max = 5) int columns) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] weights = new double[rows][columns];
        for (double[] row : weights) {
            for (int j = 0; j < columns; j++) {
                row[j] = random.nextInt(3) == 0 ? 0 : random.nextDouble();
            }
        }
        int[] assigned = Assignment.of(weights);
        double sum = 0;
        boolean[] taken = new boolean[columns];
        for (int i = 0; i < rows; i++) {
            if (assigned[i] >= 0) {
                assertThat(taken[assigned[i]]).isFalse();
                taken[assigned[i]] = true;
                sum += weights[i][assigned[i]];
            }
        }
        assertThat(sum).isCloseTo(best(weights, 0, new boolean[columns]), within(1e-12));
    }

    private static double best(double[][] weights, int row, boolean[] taken) {
        if (row == weights.length) {
            return 0;
        }
        double best = best(weights, row + 1, taken);
        for (int j = 0; j < taken.length; j++) {
            if (!taken[j]) {
                taken[j] = true;
                best = Math.max(best, weights[row][j] + best(weights, row + 1, taken));
                taken[j] = false;
            }
        }
        return best;
    }
}
