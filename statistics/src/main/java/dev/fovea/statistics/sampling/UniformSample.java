package dev.fovea.statistics.sampling;

import dev.fovea.statistics.Require;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * A simple random sample without replacement of rows that come one by one, in bounded memory: those with the smallest
 * keys. A row's key is a hash of its name and number, so that the same rows give the same sample in any order. Source:
 * B. Rosén, "Asymptotic theory for order sampling", Journal of Statistical Planning and Inference 62 (1997) 135–158.
 * Not thread-safe.
 *
 * @param <T> what a row is
 */
public final class UniformSample<T> {

    private static final long SEED = 0x9e3779b97f4a7c15L;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private record Keyed<T>(long key, long arrival, T row) {}

    private final int most;
    private final PriorityQueue<Keyed<T>> kept =
            new PriorityQueue<>(Comparator.<Keyed<T>>comparingLong(Keyed::key).reversed());
    private long offered;

    /** @param most rows of the sample, 1 or more */
    public UniformSample(int most) {
        Require.that(most > 0, "A sample of %d rows; it must be at least 1.", most);
        this.most = most;
    }

    /**
     * Offers a row.
     *
     * @param name of the row, such as the id of a request
     * @param number that tells rows of the same name apart, such as a time
     */
    public void offer(String name, long number, T row) {
        long key = key(name, number);
        offered++;
        if (kept.size() < most) {
            kept.add(new Keyed<>(key, offered, row));
        } else if (key < kept.element().key()) {
            kept.remove();
            kept.add(new Keyed<>(key, offered, row));
        }
    }

    /** How many rows were offered. */
    public long offered() {
        return offered;
    }

    /** The sampled rows, in the order in which they were offered. */
    public List<T> rows() {
        return kept.stream()
                .sorted(Comparator.comparingLong(Keyed::arrival))
                .map(Keyed::row)
                .toList();
    }

    /** FNV-1a of the name, mixed with the number by the finalizer of SplitMix64. */
    private static long key(String name, long number) {
        long hash = FNV_OFFSET;
        for (byte one : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (one & 0xff)) * FNV_PRIME;
        }
        return mix(mix(hash + SEED) + number);
    }

    private static long mix(long value) {
        long first = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        long second = (first ^ (first >>> 27)) * 0x94d049bb133111ebL;
        return second ^ (second >>> 31);
    }
}
