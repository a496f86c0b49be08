package dev.fovea.quantize.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** By hand. */
class ChannelMeansTest {

    private final ChannelMeans means = new ChannelMeans();

    @Test
    void shouldAverageEachChannelOverImagesAndPlaces() {
        means.add(new float[] {1, 2, 3, 10, 20, 30}, new long[] {1, 2, 3});
        means.add(new float[] {5, 5, 5, 0, 0, 0, 1, 1, 1, 6, 6, 6}, new long[] {2, 2, 3});
        // channel 0: (6 + 15 + 3) / 9; channel 1: (60 + 0 + 18) / 9
        assertThat(means.means()).containsExactly(24 / 9.0, 78 / 9.0);
    }

    @Test
    void shouldBeginAnewWithOtherChannels() {
        means.add(new float[] {1, 2}, new long[] {1, 2});
        means.add(new float[] {4, 5, 6}, new long[] {1, 3});
        assertThat(means.means()).containsExactly(4, 5, 6);
    }

    @Test
    void shouldHaveNoMeansOfATensorWithoutChannels() {
        means.add(new float[] {1, 2}, new long[] {2});
        assertThat(means.means()).isEmpty();
    }
}
