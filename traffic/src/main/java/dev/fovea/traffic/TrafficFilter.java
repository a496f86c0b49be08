package dev.fovea.traffic;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which rows of a model's log are meant.
 *
 * @param from the first time
 * @param to the time after the last
 * @param version that predicted
 * @param label that was predicted; for detectors, of any object
 * @param client the name of the API key
 * @param tags that a request states, all of them
 */
public record TrafficFilter(
        String model,
        Instant from,
        Instant to,
        Optional<Integer> version,
        Optional<String> label,
        Optional<String> client,
        SortedMap<String, String> tags) {

    private static final int DAY_HOURS = 24;
    private static final Duration HOURLY = Duration.ofDays(8);

    public TrafficFilter {
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }

    /** All rows of a model in a time. */
    public static TrafficFilter of(String model, Instant from, Instant to) {
        return new TrafficFilter(
                model, from, to, Optional.empty(), Optional.empty(), Optional.empty(), Collections.emptySortedMap());
    }

    /** The same rows of another time. */
    public TrafficFilter during(Instant first, Instant end) {
        return new TrafficFilter(model, first, end, version, label, client, tags);
    }

    /** The hours of a stretch in which figures of this time are shown: one up to 8 days, else a day's. */
    public int stretchHours() {
        return Duration.between(from, to).compareTo(HOURLY) > 0 ? DAY_HOURS : 1;
    }

    /** Whether it needs what a tally does not have. */
    public boolean needsRows() {
        return label.isPresent() || client.isPresent() || !tags.isEmpty();
    }
}
