package dev.fovea.statistics.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.FoveaException;
import org.junit.jupiter.api.Test;

class FeatureGaussianTest {

    private static final double DISTANCE = 4.627737778824591;
    private static final float[][] SAMPLES = {{1, 2, 0}, {2, 1, 1}, {4, 3, 1}, {3, 5, 2}};

    /**
     * numpy: {@code c = np.cov(x, rowvar=False) + .01 * np.eye(3); d = [4, 4, 4] - x.mean(0); np.sqrt(d @
     * np.linalg.inv(c) @ d)}.
     */
    @Test
    void shouldGiveNumpysMahalanobisDistance() {
        assertThat(of(SAMPLES).distance(new float[] {4, 4, 4})).isCloseTo(DISTANCE, within(1e-6));
    }

    @Test
    void shouldWhitenToTheSameDistance() {
        FeatureGaussian gaussian = of(SAMPLES);
        float[] sample = {0, 3, 2};
        double total = 0;
        for (int row = 0; row < 3; row++) {
            double sum = 0;
            for (int column = 0; column < 3; column++) {
                sum += gaussian.whitening(row, column) * (sample[column] - gaussian.mean(column));
            }
            total += sum * sum;
        }
        assertThat(Math.sqrt(total)).isCloseTo(gaussian.distance(sample), within(1e-9));
    }

    @Test
    void shouldAddUpOverPartsOfTheSamples() {
        double[] origin = FeatureMoments.mean(SAMPLES);
        FeatureMoments first = new FeatureMoments(origin);
        first.add(SAMPLES[0]);
        first.add(SAMPLES[3]);
        FeatureMoments second = new FeatureMoments(origin);
        second.add(SAMPLES[1]);
        second.add(SAMPLES[2]);
        second.add(first);
        float[] sample = {9, -3, 1};
        assertThat(FeatureGaussian.of(second, 0.01).distance(sample))
                .isCloseTo(of(SAMPLES).distance(sample), within(1e-9));
    }

    @Test
    void shouldNeedNoMoreSamplesThanTwo() {
        assertThat(of(new float[][] {{1, 1, 1}, {2, 1, 0}}).distance(new float[] {1, 1, 1}))
                .isFinite();
        assertThatThrownBy(() -> of(new float[][] {{1, 1, 1}}))
                .isInstanceOf(FoveaException.class)
                .hasMessageContaining("two or more");
    }

    private static FeatureGaussian of(float[][] samples) {
        FeatureMoments moments = new FeatureMoments(FeatureMoments.mean(samples));
        for (float[] sample : samples) {
            moments.add(sample);
        }
        return FeatureGaussian.of(moments, 0.01);
    }
}
