package dev.fovea.alerts.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long a failing receiver is left alone: five seconds, doubling to ten minutes, with jitter. */
final class Backoff {

    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** A receiver may ask for more than we would wait, but not for days. */
    private static final Duration MOST_ASKED = Duration.ofHours(1);

    private static final int MOST_DOUBLINGS = 10;
    private static final double SPREAD = 0.2;

    private final RandomGenerator random;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /**
     * The pause after a failure.
     *
     * @param failures so far, at least 1
     * @param asked what the receiver asks for; a longer one wins
     */
    Duration after(int failures, Duration asked) {
        Duration doubled = FIRST.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        Duration most = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        double jitter = 1 + SPREAD * (2 * random.nextDouble() - 1);
        Duration own = Duration.ofMillis(Math.round(most.toMillis() * jitter));
        Duration capped = asked.compareTo(MOST_ASKED) < 0 ? asked : MOST_ASKED;
        return capped.compareTo(own) > 0 ? capped : own;
    }
}
