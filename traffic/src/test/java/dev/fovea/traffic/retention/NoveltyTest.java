package dev.fovea.traffic.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class NoveltyTest {

    /** Mean (1, 10), standard deviations 1 and 5, computed by hand. */
    private final Novelty novelty =
            Novelty.of(List.of(new float[] {0, 5}, new float[] {2, 15}, new float[] {0, 15}, new float[] {2, 5}));

    @Test
    void shouldMeasureTheDistanceFromTheMeanInStandardDeviations() {
        assertThat(novelty.distance(new float[] {1, 10})).isZero();
        assertThat(novelty.distance(new float[] {4, 10})).isCloseTo(3, within(1e-9));
        assertThat(novelty.distance(new float[] {4, 30})).isCloseTo(5, within(1e-9));
    }

    @Test
    void shouldNotCallAnythingNovelByADimensionThatNeverVaries() {
        Novelty flat = Novelty.of(List.of(new float[] {7}, new float[] {7}));

        assertThat(flat.distance(new float[] {8})).isZero();
    }

    @Test
    void shouldNotCompareEmbeddingsOfAnotherLength() {
        assertThat(novelty.distance(new float[] {1})).isNaN();
    }
}
