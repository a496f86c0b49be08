package dev.fovea.monitoring.sketch;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * A uniform sample of request ids: those with the smallest hashes, which are the same whichever way sketches are
 * merged. Source: E. Cohen, H. Kaplan, "Summarizing data using bottom-k sketches", PODC 2007. Not thread-safe.
 */
public final class SampledRequests {

    private static final int MOST = 16;

    private final TreeMap<Long, String> byHash = new TreeMap<>();

    void add(String id) {
        if (!id.isEmpty()) {
            put(hash(id), id);
        }
    }

    void merge(SampledRequests other) {
        other.byHash.forEach(this::put);
    }

    private void put(long hash, String id) {
        if (byHash.size() < MOST || hash < byHash.lastKey()) {
            byHash.put(hash, id);
            if (byHash.size() > MOST) {
                byHash.pollLastEntry();
            }
        }
    }

    /** The ids. */
    public List<String> ids() {
        return List.copyOf(byHash.values());
    }

    /** 64 bits, mixed after SplitMix64's finisher, as a checksum alone is not uniform over similar ids. */
    private static long hash(String id) {
        byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        long z = ((crc.getValue() << 32) | (id.hashCode() & 0xffffffffL)) + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
