package dev.fovea.traffic.retention;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the retention of images does in this process.
 *
 * @param staged candidates that were stored since the start, by model
 * @param lost candidates that could not be stored since the start, by model
 * @param problem what keeps images from being kept now, in words with the remedy
 */
public record RetentionStatus(SortedMap<String, Long> staged, SortedMap<String, Long> lost, Optional<String> problem) {
    public RetentionStatus {
        staged = Collections.unmodifiableSortedMap(new TreeMap<>(staged));
        lost = Collections.unmodifiableSortedMap(new TreeMap<>(lost));
    }
}
