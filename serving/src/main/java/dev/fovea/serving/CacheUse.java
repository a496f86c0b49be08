package dev.fovea.serving;

/** What a request wants of the cache; the names are HTTP's (RFC 9111, section 5.2.1). */
public enum CacheUse {
    /** An earlier answer will do. */
    USUAL,
    /** The network is run, whatever is kept; the answer is kept for others. */
    NO_CACHE,
    /** The network is run, and nothing is kept. */
    NO_STORE
}
