package dev.fovea.statistics.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GreedyCoresetTest {

    @Test
    void shouldTakeOneOfEachClusterFirst() {
        Random random = new Random(2);
        float[][] vectors = new float[200][];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = new float[] {100 * (i % 4) + random.nextFloat(), random.nextFloat()};
        }
        int[] chosen = GreedyCoreset.of(vectors, 4, 1);
        assertThat(Arrays.stream(chosen).map(place -> place % 4)).containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    @Test
    void shouldTakeAllWhereThereAreFew() {
        float[][] vectors = {{0}, {5}, {2}};
        assertThat(GreedyCoreset.of(vectors, 10, 1)).containsExactlyInAnyOrder(0, 1, 2);
    }
}
