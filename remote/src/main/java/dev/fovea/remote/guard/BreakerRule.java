package dev.fovea.remote.guard;

import dev.fovea.remote.provider.ConfigurationCheck;
import java.time.Duration;

/**
 * The circuit breaker's rule: the circuit opens at a failure rate over the last calls. After the open time a few calls
 * probe the service; if they fail, the circuit opens again. An image that the service refuses is no failure of the
 * service, nor is a timeout shorter than a second (or shorter than the request timeout, where that is less).
 *
 * @param window the count of last calls in the sliding window
 * @param minCalls the minimum count of calls before the circuit can open, up to the window
 * @param failureRate the share that opens the circuit, above 0 and up to 1
 * @param openDuration the time that the circuit stays open
 * @param halfOpenCalls the count of calls that are permitted when half open
 */
public record BreakerRule(int window, int minCalls, double failureRate, Duration openDuration, int halfOpenCalls) {

    /** Half of the last 20 calls, from 10 on; open for 30 s, then 3 calls. */
    public static final BreakerRule DEFAULT = new BreakerRule(20, 10, 0.5, Duration.ofSeconds(30), 3);

    public BreakerRule {
        ConfigurationCheck.configured(
                minCalls > 0 && minCalls <= window,
                "min_calls is %d; it must be 1 to the window of %d.",
                minCalls,
                window);
        ConfigurationCheck.configured(
                failureRate > 0 && failureRate <= 1,
                "failure_rate is %s; it must be above 0 and at most 1.",
                failureRate);
        ConfigurationCheck.positive(openDuration, "open_duration");
        ConfigurationCheck.configured(halfOpenCalls > 0, "half_open_calls is %d; it must be positive.", halfOpenCalls);
    }
}
