package dev.fovea.alerts.channel;

import java.time.Duration;

/** A receiver did not take a message. The text is for the record: short, on one line, without secrets. */
public final class DeliveryFailed extends RuntimeException {

    private final boolean isRetryable;
    private final Duration retryAfter;

    /** @param isRetryable whether the same message may be taken later */
    public DeliveryFailed(String text, boolean isRetryable) {
        this(text, isRetryable, Duration.ZERO);
    }

    /** @param retryAfter what the receiver asks for; zero without */
    public DeliveryFailed(String text, boolean isRetryable, Duration retryAfter) {
        super(text, null, false, false);
        this.isRetryable = isRetryable;
        this.retryAfter = retryAfter;
    }

    /** Why, for the record. */
    public String text() {
        return String.valueOf(getMessage());
    }

    /** Whether the same message may be taken later. */
    public boolean isRetryable() {
        return isRetryable;
    }

    /** The pause that the receiver asks for; zero without one. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
