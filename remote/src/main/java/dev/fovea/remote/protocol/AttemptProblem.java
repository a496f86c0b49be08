package dev.fovea.remote.protocol;

/** The kinds of failure of one attempt. */
public enum AttemptProblem {
    /** No connection; the only one that costs nothing. */
    CONNECT(true, "Check its address and the network."),
    /** The connection broke before the response was complete. */
    BROKEN(true, "Check the network."),
    /** No complete response in time. Not retried: it would take as long again. */
    TIMEOUT(false, "Raise request_timeout, or use a faster service."),
    /** Status 429, or a throttling error. */
    BUSY(true, "Send fewer requests, or raise its quota."),
    /** 5xx. */
    SERVER(true, "Check the state of the service."),
    /** The service refuses every request. */
    REFUSED(false, "Check its credentials, its address and the names of model and tensors."),
    /** The service does not take this image; it may take the next. */
    IMAGE(false, "Send a JPEG or PNG that it takes."),
    /** A malformed response. */
    MALFORMED(false, "Check that the endpoint is this service, in the supported version.");

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

    /** Whether the service may have received the request, and so may bill it. */
    public boolean reached() {
        return this != CONNECT;
    }

    /** Whether it counts as a failure for the circuit breaker. */
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
