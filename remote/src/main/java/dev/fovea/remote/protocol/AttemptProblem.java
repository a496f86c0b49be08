package dev.fovea.remote.protocol;

/** The kinds of failure of one try. */
public enum AttemptProblem {
    /** No connection came about; the only one after which nothing was spent. */
    CONNECT(true, "Check its address and the network."),
    /** The connection broke before the response was complete. */
    BROKEN(true, "Check the network."),
    /** No complete response in time. Not repeated: it would take as long again. */
    TIMEOUT(false, "Allow more time, or ask a faster service."),
    /** 429 and its kin. */
    BUSY(true, "Ask it less often, or raise its quota."),
    /** 5xx. */
    SERVER(true, "Look at the service's own state."),
    /** The service refuses every request. */
    REFUSED(false, "Check its credentials, its address and the names of model and tensors."),
    /** The service does not take this image; it may take the next. */
    IMAGE(false, "Send a JPEG or PNG that it takes."),
    /** A malformed response. */
    MALFORMED(false, "Check that the address is that of this service, in the version that is spoken here.");

    private final boolean isRetryable;
    private final String remedy;

    AttemptProblem(boolean isRetryable, String remedy) {
        this.isRetryable = isRetryable;
        this.remedy = remedy;
    }

    public boolean isRetryable() {
        return isRetryable;
    }

    public String remedy() {
        return remedy;
    }

    /** Whether the service may have got the request, and so may bill it. */
    public boolean reached() {
        return this != CONNECT;
    }

    /** Whether it speaks against the service, and so counts towards leaving it alone. */
    public boolean serviceFailed() {
        return this != IMAGE;
    }

    /** What a status means where the service does not say more. */
    public static AttemptProblem of(int status) {
        return switch (status) {
            case 429 -> BUSY;
            case 408 -> SERVER;
            case 400, 413, 415, 422 -> IMAGE;
            case 501 -> REFUSED;
            default -> status >= 500 ? SERVER : REFUSED;
        };
    }
}
