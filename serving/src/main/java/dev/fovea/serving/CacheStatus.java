package dev.fovea.serving;

/** How an answer came about. */
public sealed interface CacheStatus {

    /**
     * The network was run for this request.
     *
     * @param asked whether the cache was asked before, in vain
     */
    record Inferred(boolean asked) implements CacheStatus {}

    /** It was made for the same bytes: for an earlier request, or for one at the same time. */
    record Cached() implements CacheStatus {}

    /**
     * It was made for another image that looks nearly the same.
     *
     * @param distance in how many of 64 bits the looks of the two differ
     */
    record Near(int distance) implements CacheStatus {}
}
