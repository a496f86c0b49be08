package dev.fovea.statistics.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NearestNeighborBoundTest {

    @Test
    void shouldInvertTheBoundOfCoverAndHart() {
        // the greatest error of the nearest neighbour at a least error r is r (2 - K/(K-1) r)
        double least = 0.1;
        double nearest = least * (2 - 5.0 / 4 * least);
        assertThat(NearestNeighborBound.accuracy(1 - nearest, 5)).isCloseTo(1 - least, within(1e-12));
        assertThat(NearestNeighborBound.accuracy(1, 5)).isEqualTo(1);
        assertThat(NearestNeighborBound.accuracy(0.1, 5)).isCloseTo(0.2, within(1e-12));
    }
}
