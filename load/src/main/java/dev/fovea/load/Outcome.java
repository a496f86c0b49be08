package dev.fovea.load;

/** What became of one request that was sent. */
sealed interface Outcome {

    /** The server did what it was asked. */
    record Answered() implements Outcome {}

    /**
     * The server said no.
     *
     * @param code the problem's code, else {@code HTTP 503}
     */
    record Refused(String code) implements Outcome {}

    /** No answer came. */
    record Lost(Failure why) implements Outcome {}
}
