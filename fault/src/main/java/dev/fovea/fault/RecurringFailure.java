package dev.fovea.fault;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells a failure that begins from one that goes on, so that work which is tried again every second logs one line when
 * it starts to fail and one when it works again. Thread-safe.
 */
public final class RecurringFailure {

    private @Nullable String message;

    /** Whether a failure is news: the first one, or one with another message than the last. */
    public synchronized boolean begins(Throwable failure) {
        String now = String.valueOf(failure.getMessage());
        boolean news = !now.equals(message);
        message = now;
        return news;
    }

    /** Whether the last try failed. */
    public synchronized boolean lasts() {
        return message != null;
    }

    /** The message of the failure that ends with this success; empty when the last try succeeded, too. */
    public synchronized Optional<String> ends() {
        Optional<String> ended = Optional.ofNullable(message);
        message = null;
        return ended;
    }
}
