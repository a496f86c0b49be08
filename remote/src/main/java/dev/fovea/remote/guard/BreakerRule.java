package dev.fovea.remote.guard;

import dev.fovea.remote.provider.ConfigurationCheck;
import java.time.Duration;

/**
 * The circuit breaker's rule: the circuit opens at a failure rate over the last tries. After the open time a few calls
 * probe the service; if they fail, the circuit opens again. An image that the service refuses is no failure of the
 * service, nor is a response that a caller waited for less than a second (or, where that is shorter, less than one try
 * may take).
 *
 * @param window the count of last tries in the sliding window
 * @param minTries the minimum count of tries before the circuit can open, up to the window
 * @param failureRate the share that opens the circuit, above 0 and up to 1
 * @param rest the time that the circuit stays open
 * @param probes the count of calls that are permitted when half open
 */
public record BreakerRule(int window, int minTries, double failureRate, Duration rest, int probes) {

    /** Half of the last 20 tries, judged from 10 on; 30 s of rest, then 3 calls. */
    public static final BreakerRule USUAL = new BreakerRule(20, 10, 0.5, Duration.ofSeconds(30), 3);

    public BreakerRule {
        ConfigurationCheck.configured(
                minTries > 0 && minTries <= window,
                "A service is judged from %d tries on, of its last %d; the first must be 1 or more and at most the second.",
                minTries,
                window);
        ConfigurationCheck.configured(
                failureRate > 0 && failureRate <= 1,
                "The share of failures is %s; it must lie above 0 and at most at 1.",
                failureRate);
        ConfigurationCheck.configured(rest.toMillis() > 0, "The rest is %s; it must be 1 ms or more.", rest);
        ConfigurationCheck.configured(probes > 0, "%d calls after the rest; let at least 1 through.", probes);
    }
}
