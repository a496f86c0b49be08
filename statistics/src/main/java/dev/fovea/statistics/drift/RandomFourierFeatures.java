package dev.fovea.statistics.drift;

import dev.fovea.statistics.Require;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Features {@code √2 cos(w·x + b)} whose inner products approximate a Gaussian kernel, so that the distance of two
 * samples' mean features approximates their maximum mean discrepancy, and sums of features add up over servers and
 * minutes. Sources: A. Rahimi, B. Recht, "Random features for large-scale kernel machines", NIPS 2007; A. Gretton and
 * others, "A kernel two-sample test", JMLR 13 (2012) 723–773. Thread-safe.
 */
public final class RandomFourierFeatures {

    private final double[][] frequencies;
    private final double[] phases;

    /**
     * @param dimensions of the inputs, which have about unit variance each
     * @param count number of features
     * @param bandwidth of the kernel; the root of {@code dimensions} suits inputs of unit variance
     * @param seed equal seeds give equal features
     */
    public RandomFourierFeatures(int dimensions, int count, double bandwidth, long seed) {
        Require.that(dimensions > 0 && count > 0, "%d features of %d dimensions.", count, dimensions);
        Require.that(bandwidth > 0, "A kernel of bandwidth %s.", bandwidth);
        RandomGenerator random = new SplittableRandom(seed);
        this.frequencies = new double[count][dimensions];
        this.phases = new double[count];
        for (int f = 0; f < count; f++) {
            for (int k = 0; k < dimensions; k++) {
                frequencies[f][k] = random.nextGaussian() / bandwidth;
            }
            phases[f] = 2 * Math.PI * random.nextDouble();
        }
    }

    /** Number of features. */
    public int count() {
        return phases.length;
    }

    /** The features of one input, {@code [dimensions]}, written to {@code features} from {@code offset} on. */
    public void write(double[] input, double[] features, int offset) {
        for (int f = 0; f < phases.length; f++) {
            double angle = phases[f];
            for (int k = 0; k < input.length; k++) {
                angle += frequencies[f][k] * input[k];
            }
            features[offset + f] = Math.sqrt(2) * Math.cos(angle);
        }
    }
}
