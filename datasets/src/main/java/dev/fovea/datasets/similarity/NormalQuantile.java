package dev.fovea.datasets.similarity;

/**
 * Quantiles of the standard normal distribution. Source: formula 26.2.23 of M. Abramowitz and I. Stegun, "Handbook of
 * Mathematical Functions" (1964); the error is below 0.00045.
 */
final class NormalQuantile {

    private NormalQuantile() {}

    /** The value that a normal variable exceeds with this probability, above 0 and below 0.5. */
    static double upper(double probability) {
        double t = Math.sqrt(-2 * Math.log(probability));
        double above = 2.515517 + t * (0.802853 + t * 0.010328);
        double below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
        return t - above / below;
    }
}
