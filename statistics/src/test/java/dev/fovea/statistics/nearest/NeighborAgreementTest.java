package dev.fovea.statistics.nearest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.statistics.linear.FeatureMatrix;
import org.junit.jupiter.api.Test;

class NeighborAgreementTest {

    private static final FeatureMatrix ROWS =
            FeatureMatrix.of(new float[][] {{1, 0}, {1, 0.01f}, {1, 0.2f}, {0, 1}, {0.1f, 1}});

    @Test
    void shouldFindTheNearestByDirection() {
        int[] nearest = NeighborAgreement.nearest(ROWS, new int[] {0, 1, 2, 3, 4});
        assertThat(nearest).containsExactly(1, 0, 1, 4, 3);
        assertThat(NeighborAgreement.agreeing(nearest, new int[] {0, 0, 1, 1, 1}))
                .isEqualTo(4);
    }

    @Test
    void shouldLeaveTheOwnGroupOut() {
        int[] nearest = NeighborAgreement.nearest(ROWS, new int[] {7, 7, 2, 3, 4});
        assertThat(nearest[0]).isEqualTo(2);
        int[] alone = NeighborAgreement.nearest(ROWS, new int[] {1, 1, 1, 1, 1});
        assertThat(NeighborAgreement.compared(alone)).isZero();
    }
}
