package dev.fovea.load;

/** What became of one request that was sent. */
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
