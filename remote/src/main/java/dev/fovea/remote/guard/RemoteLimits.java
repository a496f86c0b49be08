package dev.fovea.remote.guard;

import dev.fovea.remote.provider.ConfigurationCheck;
import java.time.Duration;

/**
 * The timeouts, concurrency limit and retry rules of a service.
 *
 * @param connect the connect timeout
 * @param request the timeout of one try, connecting included; a caller's own deadline may end it sooner
 * @param concurrency calls at a time; one more is refused, at least 1
 * @param retry when a try is repeated
 * @param breaker when the circuit opens
 */
public record RemoteLimits(Duration connect, Duration request, int concurrency, RetryRule retry, BreakerRule breaker) {

    /** What suits a service on the internet: 2 s to connect, 10 s for a try, 16 calls at a time. */
    public static final RemoteLimits USUAL =
            new RemoteLimits(Duration.ofSeconds(2), Duration.ofSeconds(10), 16, RetryRule.USUAL, BreakerRule.USUAL);

    public RemoteLimits {
        ConfigurationCheck.positive(connect, "The time to connect");
        ConfigurationCheck.positive(request, "The time for one try");
        ConfigurationCheck.configured(concurrency > 0, "%d calls at a time; allow at least 1.", concurrency);
    }
}
