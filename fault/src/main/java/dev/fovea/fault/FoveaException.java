package dev.fovea.fault;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one exception that rooms throw on purpose. Its message is written for the person who reads it: what was wrong,
 * with the value, and what to do about it. It is safe to show, with control characters escaped; the cause is for the
 * log only.
 */
public final class FoveaException extends RuntimeException {

    private final ErrorCode code;
    private final transient Optional<Duration> retryAfter;
    private final transient Map<String, Object> context;

    /** A failure without an underlying exception. */
    public FoveaException(ErrorCode code, String message) {
        this(code, message, null);
    }

    /** A failure that another exception brought about; the cause is logged and never shown. */
    public FoveaException(ErrorCode code, String message, @Nullable Throwable cause) {
        this(code, message, cause, Optional.empty(), Map.of());
    }

    private FoveaException(
            ErrorCode code,
            String message,
            @Nullable Throwable cause,
            Optional<Duration> retryAfter,
            Map<String, Object> context) {
        // under overload there are many of them, and a stack trace says nothing
        super(Printable.lines(message), cause, true, code.kind() != ErrorCode.Kind.OVERLOADED);
        this.code = code;
        this.retryAfter = retryAfter;
        this.context = context;
    }

    /** {@code OVERLOADED}, with the time after which there should be room. */
    public static FoveaException overloaded(String message, Duration retryAfter) {
        return new FoveaException(ErrorCode.OVERLOADED, message, null, Optional.of(retryAfter), Map.of());
    }

    /**
     * The same failure with what is known about what was being done, for the log and error reports. A caller never sees
     * it.
     *
     * @param known by names such as {@code model}; text, numbers or truth values
     */
    public FoveaException with(Map<String, Object> known) {
        FoveaException same = new FoveaException(code, getMessage(), getCause(), retryAfter, Map.copyOf(known));
        same.setStackTrace(getStackTrace());
        for (Throwable suppressed : getSuppressed()) {
            same.addSuppressed(suppressed);
        }
        return same;
    }

    /** What is known about what was being done. */
    public Map<String, Object> context() {
        return context;
    }

    /** What went wrong, as a word of the closed vocabulary. */
    public ErrorCode code() {
        return code;
    }

    /** When trying again makes sense, where that is known. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** The message; never null. */
    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? code.name() : message;
    }
}
