package dev.fovea.runtime.session;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.time.Duration;

/**
 * The moment after which a response is no longer needed.
 *
 * @param nanos on the clock of {@link System#nanoTime}
 * @param allowed what was allowed in all, for the message
 */
public record Deadline(long nanos, Duration allowed) {

    /** A deadline so long from now. */
    public static Deadline in(Duration allowed) {
        return new Deadline(System.nanoTime() + allowed.toNanos(), allowed);
    }

    /** Whether it has passed. */
    public boolean hasPassed() {
        return System.nanoTime() - nanos >= 0;
    }

    /** Nanoseconds left; negative when it has passed. */
    public long remainingNanos() {
        return nanos - System.nanoTime();
    }

    /** {@code DEADLINE_EXCEEDED}. */
    public FoveaException exceeded() {
        return new FoveaException(
                ErrorCode.DEADLINE_EXCEEDED,
                "The response was not ready within %d ms. Send fewer concurrent requests or allow more time."
                        .formatted(allowed.toMillis()));
    }
}
