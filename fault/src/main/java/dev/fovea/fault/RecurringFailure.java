package dev.fovea.fault;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells a failure that begins from one that goes on, so that work which is tried again every second logs one line when
 * it starts to fail and one when it works again. Thread-safe.
 */
public final class RecurringFailure {

    /** Sizes, times and names of temporary files, which differ between failures of the same kind; versions do not. */
    private static final Pattern NUMBERED = Pattern.compile("\\d+\\.\\d+|(?=\\w*\\d)[\\w-]{5,}");

    private @Nullable String message;

    /** Whether a failure is news: the first one, or one with another message than the last, but for numbers. */
    public synchronized boolean begins(Throwable failure) {
        String now = String.valueOf(failure.getMessage());
        boolean news = message == null || !kind(now).equals(kind(message));
        message = now;
        return news;
    }

    private static String kind(String text) {
        return NUMBERED.matcher(text).replaceAll("#");
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
