package dev.fovea.serving.cache;

import java.util.Optional;

/**
 * Answers that several processes share: the second level behind each one's own cache. Losing it costs nothing but
 * speed, so both methods are bounded in time and never throw.
 */
public interface SharedCache extends AutoCloseable {

    /** Shares nothing. */
    SharedCache NONE = new SharedCache() {
        @Override
        public Optional<byte[]> get(CacheKey key) {
            return Optional.empty();
        }

        @Override
        public void put(CacheKey key, byte[] answer) {
            // kept nowhere
        }
    };

    /** What was put, if it can be had within a few milliseconds. */
    Optional<byte[]> get(CacheKey key);

    /** Passes an answer on without waiting; it may get lost. */
    void put(CacheKey key, byte[] answer);

    @Override
    default void close() {}
}
