package dev.fovea.serving.cache;

import dev.fovea.imaging.quality.PerceptualHash;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The looks of the images that one bundle answered last, with the keys of their answers; about half a megabyte. All are
 * compared with: for so few that takes less time than a look. Thread-safe by its one lock, which is held for
 * microseconds.
 */
public final class RecentHashes {

    public static final int CAPACITY = 8192;

    private final long[] hashes = new long[CAPACITY];
    private final @Nullable CacheKey[] keys = new CacheKey[CAPACITY];
    private int next;
    private int size;

    /** An image that looks nearly the same: in how many of 64 bits the hashes differ. */
    public record Near(CacheKey key, int distance) {}

    public synchronized void add(PerceptualHash hash, CacheKey key) {
        hashes[next] = hash.bits();
        keys[next] = key;
        next = (next + 1) % CAPACITY;
        size = Math.min(size + 1, CAPACITY);
    }

    /** The nearest within a distance, if there is one. */
    public synchronized Optional<Near> nearest(PerceptualHash hash, int within) {
        int best = -1;
        int least = within + 1;
        for (int i = 0; i < size; i++) {
            int distance = Long.bitCount(hashes[i] ^ hash.bits());
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
        return best < 0 ? Optional.empty() : Optional.of(new Near(Objects.requireNonNull(keys[best]), least));
    }
}
