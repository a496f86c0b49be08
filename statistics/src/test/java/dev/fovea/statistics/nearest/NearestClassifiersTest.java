package dev.fovea.statistics.nearest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.statistics.linear.FeatureMatrix;
import org.junit.jupiter.api.Test;

class NearestClassifiersTest {

    /** Angles 0, 10, 30, 80 and 90 degrees; lengths do not matter for a cosine. */
    private static final FeatureMatrix KNOWN =
            FeatureMatrix.of(new float[][] {at(0, 1), at(10, 9), at(30, 2), at(80, 5), at(90, 0.1)});

    private static final int[] LABELS = {0, 1, 1, 2, 2};

    private static float[] at(double degrees, double length) {
        double angle = Math.toRadians(degrees);
        return new float[] {(float) (length * Math.cos(angle)), (float) (length * Math.sin(angle))};
    }

    private static FeatureMatrix rows(double... degrees) {
        float[][] rows = new float[degrees.length][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = at(degrees[i], 3);
        }
        return FeatureMatrix.of(rows);
    }

    @Test
    void shouldLetTheNearestByAngleVote() {
        CosineNeighbors one = new CosineNeighbors(KNOWN, LABELS, 3, 1);
        CosineNeighbors three = new CosineNeighbors(KNOWN, LABELS, 3, 3);
        assertThat(one.predict(rows(4, 6, 56, 88))).containsExactly(0, 1, 2, 2);
        assertThat(three.predict(rows(4, 56, 88))).containsExactly(1, 2, 2);
    }

    @Test
    void shouldDecideATieByTheSumOfDistances() {
        assertThat(new CosineNeighbors(KNOWN, LABELS, 3, 2).predict(rows(4, 6, 54)))
                .containsExactly(0, 1, 1);
    }

    /** Means of directions at 0, 20 and 85 degrees. */
    @Test
    void shouldChooseTheNearestMeanDirection() {
        assertThat(new NearestMean(KNOWN, LABELS, 4).predict(rows(9, 11, 52, 53)))
                .containsExactly(0, 1, 1, 2);
    }
}
