package dev.fovea.statistics.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClassDistanceTest {

    private final RandomGenerator random = new SplittableRandom(5);

    /** Two classes at (±4, 0, 0 …) with deviations of 1 in the first two dimensions and 3 in the others. */
    private double[] row(double first) {
        double[] row = new double[8];
        for (int k = 0; k < row.length; k++) {
            row[k] = (k < 2 ? 1 : 3) * random.nextGaussian() + (k == 0 ? first : 0);
        }
        return row;
    }

    private ClassDistance known() {
        int[] classes = IntStream.range(0, 1000).map(i -> i % 2).toArray();
        double[][] rows =
                IntStream.of(classes).mapToObj(c -> row(c == 0 ? -4 : 4)).toArray(double[][]::new);
        return ClassDistance.of(rows, classes, 0.01);
    }

    @Test
    void aDistanceCountsDeviationsFromTheNearestClass() {
        ClassDistance distance = known();
        assertThat(distance.of(new double[] {4, 0, 0, 0, 0, 0, 0, 0})).isCloseTo(0, within(0.3));
        assertThat(distance.of(new double[] {4, 3, 0, 0, 0, 0, 0, 0})).isCloseTo(3, within(0.3));
        assertThat(distance.of(new double[] {4, 0, 9, 0, 0, 0, 0, 0})).isCloseTo(3, within(0.3));
        assertThat(distance.of(new double[] {0, 0, 0, 0, 0, 0, 0, 0})).isCloseTo(4, within(0.4));
    }

    @Test
    void aboutTheStatedShareOfNewImagesOfKnownClassesIsFarAndMostOfUnknownOnes() {
        ClassDistance distance = known();
        double far = IntStream.range(0, 5000)
                        .filter(i -> distance.isFar(row(i % 2 == 0 ? -4 : 4)))
                        .count()
                / 5000.0;
        assertThat(far).isBetween(0.004, 0.02);
        double unknown =
                IntStream.range(0, 1000).filter(i -> distance.isFar(row(0))).count() / 1000.0;
        assertThat(unknown).isGreaterThan(0.25);
    }

    @Test
    void aHandfulOfRowsIsRefused() {
        assertThatThrownBy(() -> ClassDistance.of(new double[5][2], new int[5], 0.01))
                .hasMessageContaining("5 rows; at least 10 are needed");
    }
}
