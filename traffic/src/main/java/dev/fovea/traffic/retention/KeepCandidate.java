package dev.fovea.traffic.retention;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * An image that may be kept when its part of the day is closed.
 *
 * @param id of its own, unique
 * @param keys the smaller, the better, for each reason for which it may be kept
 * @param bytes of its file
 */
public record KeepCandidate(String id, KeepPart part, ImageOrigin origin, Map<KeepReason, Double> keys, long bytes) {
    public KeepCandidate {
        EnumMap<KeepReason, Double> copy = new EnumMap<>(KeepReason.class);
        copy.putAll(keys);
        keys = Collections.unmodifiableMap(copy);
    }

    /** The same in another part of the day, with other keys. */
    KeepCandidate in(KeepPart other, Map<KeepReason, Double> otherKeys) {
        return new KeepCandidate(id, other, origin, otherKeys, bytes);
    }
}
