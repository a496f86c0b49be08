package dev.fovea.runtime.session;

import java.time.Duration;
import java.util.Optional;

/**
 * How one session uses the machine.
 *
 * @param threads that work on one inference
 * @param spin whether idle threads spin, which shortens single answers and costs the cores
 * @param loadLimit the longest that opening a network may take, and again validating and warming it up
 */
public record SessionSettings(int threads, boolean spin, Duration loadLimit) {

    /** The longest that loading may take where nobody says otherwise. */
    public static final Duration LOAD_LIMIT = Duration.ofMinutes(2);

    /** The environment's variable that says otherwise, in seconds. */
    public static final String LIMIT_VARIABLE = "FOVEA_LOAD_SECONDS";

    private static final int MOST_SECONDS = 86_400;

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

    /** What the environment says where it is a number of seconds; the server's settings complain where it is not. */
    private static Duration statedLimit() {
        return Optional.ofNullable(System.getenv(LIMIT_VARIABLE))
                .map(String::strip)
                .filter(text -> text.matches("[0-9]{1,5}"))
                .map(Integer::parseInt)
                .filter(seconds -> seconds >= 1 && seconds <= MOST_SECONDS)
                .map(Duration::ofSeconds)
                .orElse(LOAD_LIMIT);
    }
}
