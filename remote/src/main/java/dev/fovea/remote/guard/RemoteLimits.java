package dev.fovea.remote.guard;

import dev.fovea.remote.provider.ConfigurationCheck;
import java.time.Duration;

/**
 * The timeouts, concurrency limit and retry rules of a service.
 *
 * @param connectTimeout of a connection
 * @param requestTimeout of one attempt, connecting included; a caller's own deadline may end it sooner
 * @param maxConcurrency concurrent calls; one more is refused, at least 1
 * @param retry when an attempt is repeated
 * @param circuitBreaker when the circuit opens
 */
public record RemoteLimits(
        Duration connectTimeout,
        Duration requestTimeout,
        int maxConcurrency,
        RetryRule retry,
        BreakerRule circuitBreaker) {

    /** For a service on the internet: 2 s to connect, 10 s for an attempt, 16 concurrent calls. */
    public static final RemoteLimits DEFAULT =
            new RemoteLimits(Duration.ofSeconds(2), Duration.ofSeconds(10), 16, RetryRule.DEFAULT, BreakerRule.DEFAULT);

    public RemoteLimits {
        ConfigurationCheck.positive(connectTimeout, "connect_timeout");
        ConfigurationCheck.positive(requestTimeout, "request_timeout");
        ConfigurationCheck.configured(
                maxConcurrency > 0, "max_concurrency is %d; it must be positive.", maxConcurrency);
    }
}
