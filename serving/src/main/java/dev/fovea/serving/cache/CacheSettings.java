package dev.fovea.serving.cache;

import java.util.Set;

/**
 * The prediction cache's settings.
 *
 * @param bytes maximum size of the in-process cache; 0 disables it
 * @param off names of models that are not cached
 * @param near maximum Hamming distance of perceptual hashes for a similar hit; 0 allows exact hits only
 */
public record CacheSettings(long bytes, Set<String> off, int near) {

    /** A disabled cache. */
    public static final CacheSettings NONE = new CacheSettings(0, Set.of(), 0);

    public CacheSettings {
        off = Set.copyOf(off);
    }

    /** Whether a model's predictions are cached. */
    public boolean covers(String model) {
        return bytes > 0 && !off.contains(model);
    }
}
