package dev.fovea.serving.cache;

import java.util.Optional;

/**
 * The second-level cache that several processes share. It is optional: both methods are bounded in time and never
 * throw.
 */
public interface SharedCache extends AutoCloseable {

    /** A disabled shared cache. */
    SharedCache NONE = new SharedCache() {
        @Override
        public Optional<byte[]> get(CacheKey key) {
            return Optional.empty();
        }

        @Override
        public void put(CacheKey key, byte[] response) {
            // discarded
        }
    };

    /** The cached response, or empty on a miss or after a few milliseconds. */
    Optional<byte[]> get(CacheKey key);

    /** Stores a response asynchronously, without a delivery guarantee. */
    void put(CacheKey key, byte[] response);

    @Override
    default void close() {}
}
