package dev.fovea.fault;

import org.jspecify.annotations.Nullable;

/**
 * The one exception that rooms throw on purpose. Its message is written for the person who reads it: what was wrong,
 * with the value, and what to do about it. It is safe to show; the cause is for the log only.
 */
public final class FoveaException extends RuntimeException {

    private final ErrorCode code;

    /** A failure without an underlying exception. */
    public FoveaException(ErrorCode code, String message) {
        this(code, message, null);
    }

    /** A failure that another exception brought about; the cause is logged and never shown. */
    public FoveaException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** What went wrong, as a word of the closed vocabulary. */
    public ErrorCode code() {
        return code;
    }

    /** The message; never null. */
    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? code.name() : message;
    }
}
