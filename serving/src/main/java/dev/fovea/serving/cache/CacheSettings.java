package dev.fovea.serving.cache;

import java.util.Set;

/**
 * How much of earlier answers is kept.
 *
 * @param bytes of answers in this process; 0 keeps none
 * @param off names of models whose answers are not kept
 * @param near the most bits in which an image's look may differ from that of another whose answer it gets; 0 asks for
 *     the same bytes
 */
public record CacheSettings(long bytes, Set<String> off, int near) {

    /** Nothing is kept. */
    public static final CacheSettings NONE = new CacheSettings(0, Set.of(), 0);

    public CacheSettings {
        off = Set.copyOf(off);
    }

    /** Whether answers of a model are kept. */
    public boolean covers(String model) {
        return bytes > 0 && !off.contains(model);
    }
}
