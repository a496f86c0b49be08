package dev.fovea.remote.guard;

import java.time.Duration;

/** The deadline of a response, by the monotonic clock. */
public record AttemptDeadline(long nanoTime) {

    private static final Duration MAX = Duration.ofDays(1);
    private static final Duration MIN = Duration.ofMillis(1);

    public static AttemptDeadline in(Duration allowed) {
        Duration timeout = allowed.compareTo(MAX) < 0 ? allowed : MAX;
        return new AttemptDeadline(System.nanoTime() + timeout.toNanos());
    }

    /** The remaining time; zero or negative once it has passed. */
    public Duration left() {
        return Duration.ofNanos(nanoTime - System.nanoTime());
    }

    /** The shorter of the remaining time and a limit, at least 1 ms. */
    public Duration leftUpTo(Duration limit) {
        Duration left = left();
        Duration shorter = left.compareTo(limit) < 0 ? left : limit;
        return shorter.compareTo(MIN) > 0 ? shorter : MIN;
    }
}
