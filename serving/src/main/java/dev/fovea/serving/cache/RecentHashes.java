package dev.fovea.serving.cache;

import dev.fovea.imaging.quality.PerceptualHash;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The perceptual hashes of one bundle's latest images, with their cache keys; about half a megabyte. A lookup compares
 * with all of them. Thread-safe by one lock, which is locked for microseconds.
 */
public final class RecentHashes {

    public static final int CAPACITY = 8192;

    private final long[] hashes = new long[CAPACITY];
    private final @Nullable CacheKey[] keys = new CacheKey[CAPACITY];
    private int next;
    private int size;

    /** A near-duplicate image and the Hamming distance of the 64-bit hashes. */
    public record NearDuplicate(CacheKey key, int distance) {}

    public synchronized void add(PerceptualHash hash, CacheKey key) {
        hashes[next] = hash.bits();
        keys[next] = key;
        next = (next + 1) % CAPACITY;
        size = Math.min(size + 1, CAPACITY);
    }

    /** The nearest within a distance, if there is one. */
    public synchronized Optional<NearDuplicate> nearest(PerceptualHash hash, int within) {
        int best = -1;
        int minDistance = within + 1;
        for (int i = 0; i < size; i++) {
            int distance = Long.bitCount(hashes[i] ^ hash.bits());
            if (distance < minDistance) {
                minDistance = distance;
                best = i;
            }
        }
        return best < 0
                ? Optional.empty()
                : Optional.of(new NearDuplicate(Objects.requireNonNull(keys[best]), minDistance));
    }
}
