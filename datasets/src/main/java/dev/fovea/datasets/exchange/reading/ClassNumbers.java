package dev.fovea.datasets.exchange.reading;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The class numbers that a data set lists and those that its annotations use. */
public final class ClassNumbers {

    private final Set<Long> listed;
    private final Map<Long, TextPlace> used = new TreeMap<>();

    /** Numbers that are listed. */
    public ClassNumbers(Set<Long> listed) {
        this.listed = new TreeSet<>(listed);
    }

    /** Counts a use. */
    public void add(long number, TextPlace place) {
        used.putIfAbsent(number, place);
    }

    /** {@code ANNOTATION_INVALID} when some numbers are not listed and all would be after a shift by one. */
    void require(int shift) {
        Set<Long> unknown = new TreeSet<>(used.keySet());
        unknown.removeAll(listed);
        if (unknown.isEmpty() || listed.isEmpty()) {
            return;
        }
        for (int by : List.of(-1, 1)) {
            if (used.keySet().stream().allMatch(number -> listed.contains(number + by))) {
                long first = unknown.iterator().next();
                throw new FoveaException(
                        ErrorCode.ANNOTATION_INVALID,
                        "%s names class %d, and the classes are %d to %d. The annotations name %d to %d, so they likely count from %s. Read them with --class-shift=%d, or correct the list of classes. Nothing was imported."
                                .formatted(
                                        used.get(first),
                                        first,
                                        new TreeSet<>(listed).first(),
                                        new TreeSet<>(listed).last(),
                                        new TreeSet<>(used.keySet()).first(),
                                        new TreeSet<>(used.keySet()).last(),
                                        by < 0 ? "one more" : "one less",
                                        by + shift));
            }
        }
    }
}
