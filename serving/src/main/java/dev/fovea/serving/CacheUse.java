package dev.fovea.serving;

/** A request's cache directive, with the names of HTTP (RFC 9111, section 5.2.1). */
public enum CacheUse {
    /** A cached prediction is accepted. */
    DEFAULT,
    /** The network always runs; the prediction is cached. */
    NO_CACHE,
    /** The network always runs; nothing is cached. */
    NO_STORE
}
