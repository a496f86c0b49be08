package dev.fovea.datasets.exchange.reading;

import dev.fovea.datasets.exchange.model.ReadFault;
import dev.fovea.datasets.exchange.model.ReadFinding;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts faults by kind and keeps the first place of each. For one thread. */
public final class FindingCounter {

    private final Map<ReadFault, ReadFinding> found = new EnumMap<>(ReadFault.class);

    /** Counts a fault. */
    public void add(ReadFault fault, TextPlace place, String detail) {
        add(new ReadFinding(fault, 1, place.toString(), detail));
    }

    private void add(ReadFinding finding) {
        found.merge(
                finding.fault(),
                finding,
                (before, more) -> new ReadFinding(
                        before.fault(), before.count() + more.count(), before.place(), before.detail()));
    }

    /** Adds what another counter has. */
    public void addAll(FindingCounter other) {
        other.found.values().forEach(this::add);
    }

    /** What was counted so far. */
    public List<ReadFinding> findings() {
        return List.copyOf(found.values());
    }

    void clear() {
        found.clear();
    }
}
