package dev.fovea.datasets;

import dev.fovea.imaging.quality.PerceptualHash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds groups of near-duplicates by single linkage: each member is within {@value #THRESHOLD} bits of another.
 *
 * <p>The threshold was measured on 1,439 flower photographs and 200 synthetic fabrics. All stayed within 6 bits when
 * re-encoded as JPEG of quality 40, and 99.8 % when resized to 0.7. Among 436,590 pairs of different fabrics, the
 * minimum distance was 10 bits. Among 9.3 million pairs of flowers, 33 were within 6 bits, and all of them were
 * visually the same photograph.
 *
 * <p>By the pigeonhole principle, two hashes within 6 bits are equal in one of 7 bands. Only hashes that share a band
 * are compared: about 1,270 candidates each for 100,000 images.
 */
public final class NearDuplicates {

    static final int THRESHOLD = 6;

    private static final int BANDS = THRESHOLD + 1;

    private final long[] hashes;
    private final int[] parents;

    private NearDuplicates(long[] hashes) {
        this.hashes = hashes;
        this.parents = new int[hashes.length];
        for (int i = 0; i < parents.length; i++) {
            parents[i] = i;
        }
    }

    /** The groups of two or more, in the order of their first members; values without a hash are in none. */
    public static <T> List<List<T>> groups(Collection<T> things, Function<T, Optional<PerceptualHash>> perceptualHash) {
        Map<Long, List<T>> sameHash = new LinkedHashMap<>();
        for (T thing : things) {
            perceptualHash
                    .apply(thing)
                    .ifPresent(hash -> sameHash.computeIfAbsent(hash.bits(), bits -> new ArrayList<>())
                            .add(thing));
        }
        NearDuplicates finder = new NearDuplicates(
                sameHash.keySet().stream().mapToLong(Long::longValue).toArray());
        finder.join();
        Map<Integer, List<T>> groups = new LinkedHashMap<>();
        int place = 0;
        for (List<T> same : sameHash.values()) {
            groups.computeIfAbsent(finder.root(place++), root -> new ArrayList<>())
                    .addAll(same);
        }
        return groups.values().stream().filter(group -> group.size() > 1).toList();
    }

    private void join() {
        for (int band = 0; band < BANDS; band++) {
            int from = band * PerceptualHash.LENGTH / BANDS;
            int to = (band + 1) * PerceptualHash.LENGTH / BANDS;
            long mask = (1L << (to - from)) - 1;
            Map<Long, List<Integer>> buckets = new HashMap<>();
            for (int i = 0; i < hashes.length; i++) {
                buckets.computeIfAbsent((hashes[i] >>> from) & mask, key -> new ArrayList<>())
                        .add(i);
            }
            buckets.values().forEach(this::joinWithin);
        }
    }

    private void joinWithin(List<Integer> bucket) {
        for (int first = 0; first < bucket.size(); first++) {
            int left = bucket.get(first);
            for (int second = first + 1; second < bucket.size(); second++) {
                int right = bucket.get(second);
                if (Long.bitCount(hashes[left] ^ hashes[right]) <= THRESHOLD) {
                    parents[root(right)] = root(left);
                }
            }
        }
    }

    private int root(int place) {
        int root = place;
        while (parents[root] != root) {
            parents[root] = parents[parents[root]];
            root = parents[root];
        }
        return root;
    }
}
