package dev.fovea.load;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.time.Duration;
import java.util.Optional;

/** The schedule and the limits of a run. */
public record LoadPlan(Arrivals arrivals, LoadLimits limits) {

    private static final int MAX_IN_FLIGHT = 20_000;

    /**
     * The schedule: Poisson arrivals, first an unmeasured warm-up, then the measured period.
     *
     * @param perSecond mean rate, above 0
     * @param warmUp duration of the warm-up; may be 0
     * @param measured measured duration, above 0
     * @param seed of {@link PoissonArrivals}
     */
    public record Arrivals(double perSecond, Duration warmUp, Duration measured, long seed) {

        /** A rate and a time above 0; else {@code ARGUMENT_INVALID}. */
        public Arrivals {
            if (!(perSecond > 0)) {
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID, "The rate is %s; it must be above 0.".formatted(perSecond));
            }
            requirePositive("--for", measured);
        }
    }

    /**
     * The limits of a run.
     *
     * @param inFlight maximum requests in flight; requests beyond it are counted as not started
     * @param timeout request timeout
     * @param p99 maximum 99th percentile of latency, if given
     */
    public record LoadLimits(int inFlight, Duration timeout, Optional<Duration> p99) {

        /** Durations above 0, and 1 to 20,000 requests in flight; else {@code ARGUMENT_INVALID}. */
        public LoadLimits {
            if (inFlight < 1 || inFlight > MAX_IN_FLIGHT) {
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "--in-flight is %d; give a whole number from 1 to %d.".formatted(inFlight, MAX_IN_FLIGHT));
            }
            requirePositive("--timeout", timeout);
            p99.ifPresent(bound -> requirePositive("--p99", bound));
        }
    }

    private static void requirePositive(String option, Duration duration) {
        if (!duration.isPositive()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "%s is %ds; give a time above 0.".formatted(option, duration.toSeconds()));
        }
    }
}
