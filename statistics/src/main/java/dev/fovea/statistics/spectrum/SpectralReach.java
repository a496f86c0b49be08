package dev.fovea.statistics.spectrum;

import dev.fovea.statistics.Require;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * How far up the frequencies of rows of pixels reach, as a share of the highest that the pixels can hold: the frequency
 * below which {@value #SHARE} of the power times the frequency lies. Photographs have a power that falls with the
 * square of the frequency (D. Field, "Relations between the statistics of natural images and the response properties of
 * cortical cells", Journal of the Optical Society of America A 4 (1987) 2379–2394), so that the weight keeps the few
 * low frequencies from deciding. An image that was enlarged by a factor has a reach of about one over the factor.
 * Segments are windowed by Hann's function. One thread at a time.
 */
public final class SpectralReach {

    private static final double SHARE = 0.98;
    private static final int MAX_SEGMENT = 256;
    private static final int MIN_SEGMENT = 8;

    private final double[] window;
    private final double[] power;

    /**
     * A measurement of rows.
     *
     * @param length of the rows in pixels, {@value #MIN_SEGMENT} at least
     */
    public SpectralReach(int length) {
        Require.that(length >= MIN_SEGMENT, "Rows of %d pixels; there must be %d at least.", length, MIN_SEGMENT);
        int segment = Math.min(MAX_SEGMENT, Integer.highestOneBit(length));
        window = new double[segment];
        for (int i = 0; i < segment; i++) {
            window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / (segment - 1));
        }
        power = new double[segment / 2 + 1];
    }

    /** Adds a row of values, at least as long as stated. */
    public void add(double[] row) {
        int segment = window.length;
        for (int from = 0; from + segment <= row.length; from += segment) {
            double[] part = Arrays.copyOfRange(row, from, from + segment);
            double mean = Arrays.stream(part).average().orElse(0);
            for (int i = 0; i < segment; i++) {
                part[i] = (part[i] - mean) * window[i];
            }
            double[] of = FourierTransform.power(part);
            for (int k = 0; k < of.length; k++) {
                power[k] += of[k];
            }
        }
    }

    /** The reach, above 0 and at most 1; empty for rows without any contrast. */
    public OptionalDouble value() {
        double all = 0;
        for (int k = 1; k < power.length; k++) {
            all += k * power[k];
        }
        if (!(all > 0)) {
            return OptionalDouble.empty();
        }
        double sum = 0;
        for (int k = 1; k < power.length; k++) {
            sum += k * power[k];
            if (sum >= SHARE * all) {
                return OptionalDouble.of((double) k / (power.length - 1));
            }
        }
        return OptionalDouble.of(1);
    }
}
