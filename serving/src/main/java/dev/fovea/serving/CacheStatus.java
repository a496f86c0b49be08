package dev.fovea.serving;

/** The cache status of a prediction. */
public sealed interface CacheStatus {

    /**
     * The network was run for this request.
     *
     * @param missed whether a cache lookup missed before
     */
    record Inferred(boolean missed) implements CacheStatus {}

    /** A cache hit: the prediction of an earlier or concurrent request with the same bytes. */
    record Cached() implements CacheStatus {}

    /**
     * A similar hit: the prediction of a near-duplicate image.
     *
     * @param distance Hamming distance of the two 64-bit perceptual hashes
     */
    record SimilarHit(int distance) implements CacheStatus {}
}
