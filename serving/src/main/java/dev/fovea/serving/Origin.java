package dev.fovea.serving;

/** How an answer came about. */
public sealed interface Origin {

    /**
     * The network was run for this request.
     *
     * @param asked whether the cache was asked before, in vain
     */
    record Inferred(boolean asked) implements Origin {}

    /**
     * It was made for an earlier request, or for an equal one at the same time.
     *
     * @param distance in how many of 64 bits the looks of the two pictures differ; 0 when they are the same bytes
     */
    record Cached(int distance) implements Origin {}
}
