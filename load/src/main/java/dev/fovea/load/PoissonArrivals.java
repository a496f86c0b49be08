package dev.fovea.load;

import java.util.SplittableRandom;

/**
 * The times at which a Poisson process of constant rate has its arrivals: many callers that do not know of each other.
 *
 * <p>Gaps are independent and exponential with mean {@code 1/rate}, drawn by inversion: {@code -ln(1 - U) / rate}
 * (Devroye, Non-Uniform Random Variate Generation, 1986, section II.2.1 and chapter VI.1). A seed determines every
 * arrival. Not thread-safe.
 */
public final class PoissonArrivals {

    private static final double NANOS_PER_SECOND = 1e9;

    private final double perNano;
    private final SplittableRandom random;
    private double at;

    /** @param perSecond the mean number of arrivals per second, above 0 */
    public PoissonArrivals(double perSecond, long seed) {
        this.perNano = perSecond / NANOS_PER_SECOND;
        this.random = new SplittableRandom(seed);
    }

    /** The next arrival in nanoseconds after the beginning; never less than the one before. */
    public long next() {
        at -= Math.log1p(-random.nextDouble()) / perNano;
        return (long) at;
    }
}
