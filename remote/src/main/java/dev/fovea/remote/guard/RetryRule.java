package dev.fovea.remote.guard;

import dev.fovea.remote.provider.ConfigurationCheck;
import java.time.Duration;

/**
 * When an attempt is repeated: after a failure to connect, a broken connection, 429 and 5xx, as long as the deadline
 * allows. The backoff doubles with each attempt, with a jitter of half to one and a half of itself. A longer
 * Retry-After of the service wins.
 *
 * @param maxAttempts in all, the first included; 1 never repeats
 * @param initialBackoff after the first attempt, at least 10 ms
 * @param maxBackoff the limit of the backoff, above the initial one
 */
public record RetryRule(int maxAttempts, Duration initialBackoff, Duration maxBackoff) {

    /** 3 attempts, with a backoff of 200 ms up to 2 s. */
    public static final RetryRule DEFAULT = new RetryRule(3, Duration.ofMillis(200), Duration.ofSeconds(2));

    public RetryRule {
        ConfigurationCheck.configured(maxAttempts > 0, "max_attempts is %d; it must be positive.", maxAttempts);
        ConfigurationCheck.configured(
                initialBackoff.toMillis() >= 10 && maxBackoff.compareTo(initialBackoff) > 0,
                "initial_backoff is %d ms and max_backoff %d ms; set at least 10 ms, and a larger maximum.",
                initialBackoff.toMillis(),
                maxBackoff.toMillis());
    }
}
