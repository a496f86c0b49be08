package dev.fovea.statistics.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SpectralReachTest {

    private static final int LENGTH = 128;

    @Test
    void shouldTransformAsTheSumOfTheDefinition() {
        SplittableRandom random = new SplittableRandom(1);
        double[] signal = random.doubles(32).toArray();
        double[] power = FourierTransform.power(signal);
        assertThat(power).hasSize(17);
        for (int k = 0; k <= 16; k++) {
            double real = 0;
            double imaginary = 0;
            for (int t = 0; t < 32; t++) {
                real += signal[t] * Math.cos(2 * Math.PI * k * t / 32);
                imaginary += signal[t] * Math.sin(2 * Math.PI * k * t / 32);
            }
            assertThat(power[k]).isCloseTo(real * real + imaginary * imaginary, within(1e-9));
        }
    }

    @Test
    void shouldReachAsFarAsTheFrequencyOfAWave() {
        double[] wave = new double[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            wave[i] = 100 * Math.sin(2 * Math.PI * 16 * i / LENGTH);
        }
        SpectralReach reach = new SpectralReach(LENGTH);
        reach.add(wave);
        assertThat(reach.value().orElseThrow()).isCloseTo(16 / 64.0, within(0.03));
    }

    @Test
    void shouldFindThatRowsWereEnlarged() {
        SplittableRandom random = new SplittableRandom(2);
        SpectralReach full = new SpectralReach(LENGTH);
        SpectralReach enlarged = new SpectralReach(LENGTH);
        for (int row = 0; row < 50; row++) {
            double[] walk = new double[LENGTH];
            double[] small = new double[LENGTH / 4 + 1];
            for (int i = 1; i < LENGTH; i++) {
                walk[i] = walk[i - 1] + random.nextDouble() - 0.5;
            }
            for (int i = 1; i < small.length; i++) {
                small[i] = small[i - 1] + random.nextDouble() - 0.5;
            }
            full.add(walk);
            enlarged.add(smoothed(small));
        }
        assertThat(full.value().orElseThrow()).isGreaterThan(0.8);
        assertThat(enlarged.value().orElseThrow()).isBetween(0.15, 0.4);
    }

    @Test
    void shouldSayNothingOfRowsWithoutContrast() {
        SpectralReach reach = new SpectralReach(LENGTH);
        reach.add(new double[LENGTH]);
        assertThat(reach.value()).isEmpty();
    }

    /** Four times as long, by cubic interpolation. */
    private static double[] smoothed(double[] values) {
        double[] longer = new double[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            int at = i / 4;
            double t = i % 4 / 4.0;
            double p0 = values[Math.max(0, at - 1)];
            double p1 = values[at];
            double p2 = values[at + 1];
            double p3 = values[Math.min(values.length - 1, at + 2)];
            longer[i] = p1 + 0.5 * t * (p2 - p0 + t * (2 * p0 - 5 * p1 + 4 * p2 - p3 + t * (3 * (p1 - p2) + p3 - p0)));
        }
        return longer;
    }
}
