package dev.fovea.runtime;

/**
 * How one session uses the machine.
 *
 * @param threads that work on one inference
 * @param spin whether idle threads spin, which shortens single answers and costs the cores
 */
public record SessionSettings(int threads, boolean spin) {

    public SessionSettings {
        if (threads < 1 || threads > 256) {
            throw new IllegalArgumentException("session threads %d is outside 1..256".formatted(threads));
        }
    }

    /** All cores, no spinning. */
    public static SessionSettings forThisMachine() {
        return new SessionSettings(Runtime.getRuntime().availableProcessors(), false);
    }
}
