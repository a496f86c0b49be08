package dev.fovea.remote;

import dev.fovea.remote.provider.ErrorText;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts unmapped labels, at most 1,000 different ones. Safe for use by many threads. */
final class UnmappedLabels {

    private static final int MAX = 1000;

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    void seen(String theirs) {
        String label = ErrorText.shortened(theirs);
        if (counts.size() < MAX || counts.containsKey(label)) {
            counts.computeIfAbsent(label, unknown -> new LongAdder()).increment();
        }
    }

    /** The counts, most frequent first. */
    Map<String, Long> counts() {
        Map<String, Long> sorted = new LinkedHashMap<>();
        counts.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue().sum()))
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }
}
