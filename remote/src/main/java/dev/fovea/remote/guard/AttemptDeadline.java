package dev.fovea.remote.guard;

import java.time.Duration;

/** The deadline of a response, by the monotonic clock. */
public record AttemptDeadline(long nanoTime) {

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration SHORTEST = Duration.ofMillis(1);

    public static AttemptDeadline in(Duration allowed) {
        Duration timeout = allowed.compareTo(LONGEST) < 0 ? allowed : LONGEST;
        return new AttemptDeadline(System.nanoTime() + timeout.toNanos());
    }

    /** What is left; zero or negative once it has passed. */
    public Duration left() {
        return Duration.ofNanos(nanoTime - System.nanoTime());
    }

    /** The shorter of what is left and a limit, but no less than 1 ms. */
    public Duration leftUpTo(Duration limit) {
        Duration left = left();
        Duration shorter = left.compareTo(limit) < 0 ? left : limit;
        return shorter.compareTo(SHORTEST) > 0 ? shorter : SHORTEST;
    }
}
