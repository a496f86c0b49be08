package dev.fovea.statistics.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RandomFourierFeaturesTest {

    @Test
    void theirInnerProductIsTheGaussianKernel() {
        int count = 40_000;
        RandomFourierFeatures features = new RandomFourierFeatures(3, count, 2, 9);
        double[] a = new double[count];
        double[] b = new double[count];
        features.write(new double[] {1, 0, 2}, a, 0);
        features.write(new double[] {0, 1, 1}, b, 0);
        double product = 0;
        for (int f = 0; f < count; f++) {
            product += a[f] * b[f] / count;
        }
        // exp(-|a - b|² / (2 · 2²)) with |a - b|² = 3
        assertThat(product).isCloseTo(Math.exp(-3 / 8.0), within(0.02));
    }
}
