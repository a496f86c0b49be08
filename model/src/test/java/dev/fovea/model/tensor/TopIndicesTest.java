package dev.fovea.model.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopIndicesTest {

    private static final double[] SPECIAL = {
        0.0, -0.0, Double.NaN, 1, 1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
    };

    @Test
    void shouldChooseTheLargestWithEqualOnesInTheOrderOfTheirIndices() {
        double[] values = {0.1, 0.5, 0.2, 0.5, 0.3};
        assertThat(TopIndices.of(values.length, 3, i -> values[i])).containsExactly(1, 3, 4);
    }

    @Test
    void shouldPutNaNLastAndMinusZeroBehindZero() {
        assertThat(TopIndices.of(SPECIAL.length, 7, i -> SPECIAL[i])).containsExactly(5, 3, 4, 0, 1, 6, 2);
    }

    @Test
    void shouldGiveAllWhereMoreAreRequestedThanThereAre() {
        assertThat(TopIndices.of(2, 100, i -> i)).containsExactly(1, 0);
        assertThat(TopIndices.of(2, 5, i -> i)).containsExactly(1, 0);
        assertThat(TopIndices.of(2, 0, i -> i)).isEmpty();
        assertThat(TopIndices.of(0, 5, i -> i)).isEmpty();
    }

    @Test
    void shouldChooseWhatAStableSortPutsFirst() {
        Random random = new Random(5);
        for (int round = 0; round < 300; round++) {
            double[] values = IntStream.range(0, random.nextInt(120))
                    .mapToDouble(i -> random.nextInt(10) == 0 ? SPECIAL[random.nextInt(7)] : random.nextInt(20))
                    .toArray();
            int[] sorted = IntStream.range(0, values.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> -values[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            int count = random.nextInt(60);
            assertThat(TopIndices.of(values.length, count, i -> values[i]))
                    .isEqualTo(Arrays.copyOf(sorted, Math.min(count, sorted.length)));
        }
    }
}
