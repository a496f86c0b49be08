package dev.fovea.load;

/** The outcome of one request. */
sealed interface LoadOutcome {

    /** A successful response. */
    record Succeeded() implements LoadOutcome {}

    /**
     * An error response.
     *
     * @param code the error code, else a status such as {@code HTTP 503}
     */
    record ErrorReturned(String code) implements LoadOutcome {}

    /** No response. */
    record Lost(RequestFailure why) implements LoadOutcome {}
}
