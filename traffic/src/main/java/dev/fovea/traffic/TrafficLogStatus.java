package dev.fovea.traffic;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;

/**
 * How the prediction log does.
 *
 * @param kept rows that were appended since the start, by model
 * @param lost rows that could not be kept since the start, by model
 * @param damaged files that were found damaged since the start and set aside
 * @param problem what keeps rows from being kept now, in words with the remedy
 */
public record TrafficLogStatus(
        SortedMap<String, Long> kept, SortedMap<String, Long> lost, long damaged, Optional<String> problem) {

    /** Of a log that is off. */
    public static final TrafficLogStatus OFF =
            new TrafficLogStatus(Collections.emptySortedMap(), Collections.emptySortedMap(), 0, Optional.empty());
}
