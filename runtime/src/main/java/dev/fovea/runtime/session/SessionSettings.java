package dev.fovea.runtime.session;

import dev.fovea.json.DurationText;
import java.time.Duration;
import java.util.Optional;

/**
 * How one session uses the machine.
 *
 * @param threads that work on one inference
 * @param spin whether idle threads spin, which lowers latency and costs CPU time
 * @param loadLimit the longest that opening a network may take, and again validating and warming it up
 */
public record SessionSettings(int threads, boolean spin, Duration loadLimit) {

    /** The longest that loading may take by default. */
    public static final Duration LOAD_LIMIT = Duration.ofMinutes(2);

    /** The environment variable that sets another one, as {@code 90s} or {@code 5m}. */
    public static final String LIMIT_VARIABLE = "FOVEA_INFERENCE_LOAD_TIMEOUT";

    private static final Duration MIN_LIMIT = Duration.ofSeconds(1);
    private static final Duration MAX_LIMIT = Duration.ofDays(1);

    public SessionSettings {
        if (threads < 1 || threads > 256) {
            throw new IllegalArgumentException("session threads %d is outside 1..256".formatted(threads));
        }
    }

    /** The usual limit of time. */
    public SessionSettings(int threads, boolean spin) {
        this(threads, spin, statedLimit());
    }

    /** All cores, no spinning. */
    public static SessionSettings forThisMachine() {
        return new SessionSettings(Runtime.getRuntime().availableProcessors(), false);
    }

    /** From the environment where it is valid; the server's settings report where it is not. */
    private static Duration statedLimit() {
        return Optional.ofNullable(System.getenv(LIMIT_VARIABLE))
                .flatMap(DurationText::parse)
                .filter(limit -> limit.compareTo(MIN_LIMIT) >= 0 && limit.compareTo(MAX_LIMIT) <= 0)
                .orElse(LOAD_LIMIT);
    }
}
