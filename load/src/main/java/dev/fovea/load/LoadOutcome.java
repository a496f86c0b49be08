package dev.fovea.load;

/** What became of one request that was sent. */
sealed interface LoadOutcome {

    /** The server did what it was asked. */
    record Answered() implements LoadOutcome {}

    /**
     * The server said no.
     *
     * @param code the problem's code, else {@code HTTP 503}
     */
    record Refused(String code) implements LoadOutcome {}

    /** No answer came. */
    record Lost(RequestFailure why) implements LoadOutcome {}
}
