package dev.fovea.statistics.spectrum;

import dev.fovea.statistics.Require;

/**
 * The discrete Fourier transform of a real signal whose length is a power of two: J. Cooley and J. Tukey, "An algorithm
 * for the machine calculation of complex Fourier series", Mathematics of Computation 19 (1965) 297–301, radix 2, in
 * place. Pure.
 */
final class FourierTransform {

    private FourierTransform() {}

    /** {@code |F_k|²} for k = 0 … L/2 of a signal {@code [L]}; L is a power of two, 2 at least. */
    static double[] power(double[] signal) {
        int length = signal.length;
        Require.that(
                length >= 2 && Integer.bitCount(length) == 1,
                "A signal of %d values; the length must be a power of two, 2 at least.",
                length);
        double[] real = new double[length];
        double[] imaginary = new double[length];
        int shift = 32 - Integer.numberOfTrailingZeros(length);
        for (int i = 0; i < length; i++) {
            real[Integer.reverse(i) >>> shift] = signal[i];
        }
        for (int half = 1; half < length; half *= 2) {
            for (int k = 0; k < half; k++) {
                double angle = -Math.PI * k / half;
                double cosine = Math.cos(angle);
                double sine = Math.sin(angle);
                for (int at = k; at < length; at += 2 * half) {
                    int other = at + half;
                    double re = real[other] * cosine - imaginary[other] * sine;
                    double im = real[other] * sine + imaginary[other] * cosine;
                    real[other] = real[at] - re;
                    imaginary[other] = imaginary[at] - im;
                    real[at] += re;
                    imaginary[at] += im;
                }
            }
        }
        double[] power = new double[length / 2 + 1];
        for (int k = 0; k < power.length; k++) {
            power[k] = real[k] * real[k] + imaginary[k] * imaginary[k];
        }
        return power;
    }
}
