package dev.fovea.traffic.retention;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The part of a day that takes images now.
 *
 * @param part which one
 * @param quotas how many images of each reason it may keep: what earlier parts of the day left, less what does not fit
 *     into the policy's bytes
 * @param counts of its images so far
 * @param staged the images that may be kept so far, of all servers
 */
public record OpenPart(KeepPart part, Map<KeepReason, Integer> quotas, PartCounts counts, List<KeepCandidate> staged) {
    public OpenPart {
        EnumMap<KeepReason, Integer> copy = new EnumMap<>(KeepReason.class);
        copy.putAll(quotas);
        quotas = Collections.unmodifiableMap(copy);
        staged = List.copyOf(staged);
    }
}
