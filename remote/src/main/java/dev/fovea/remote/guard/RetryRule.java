package dev.fovea.remote.guard;

import dev.fovea.remote.provider.ConfigurationCheck;
import java.time.Duration;

/**
 * When a try is repeated: after a failure to connect, a connection that broke, 429 and 5xx, as long as the deadline
 * allows. The pause doubles from try to try, each drawn between half and one and a half of itself, so that callers that
 * failed together do not come back together; a longer one that the service asks for with Retry-After is kept.
 *
 * @param tries in all, the first included; 1 never repeats
 * @param first the pause after the first try, at least 10 ms
 * @param longest the most that a pause grows to
 */
public record RetryRule(int tries, Duration first, Duration longest) {

    /** 3 tries, pauses from 200 ms on to at most 2 s. */
    public static final RetryRule USUAL = new RetryRule(3, Duration.ofMillis(200), Duration.ofSeconds(2));

    public RetryRule {
        ConfigurationCheck.configured(tries > 0, "%d tries; allow at least 1.", tries);
        ConfigurationCheck.configured(
                first.toMillis() >= 10 && longest.compareTo(first) > 0,
                "The pause between tries grows from %s to %s; it must grow, from 10 ms or more.",
                first,
                longest);
    }
}
