package dev.fovea.datasets.exchange.reading;

import dev.fovea.datasets.exchange.model.ReadFault;
import dev.fovea.datasets.exchange.model.ReadFinding;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Counts faults by kind and keeps the first place of each; of faults whose places have reasons of their own, the first
 * hundred places. For one thread.
 */
public final class FindingCounter {

    private static final int SINGLE = 100;

    private final Map<ReadFault, ReadFinding> found = new EnumMap<>(ReadFault.class);
    private final List<ReadFinding> single = new ArrayList<>();

    /** Counts a fault. */
    public void add(ReadFault fault, TextPlace place, String detail) {
        add(new ReadFinding(fault, 1, place.toString(), detail));
    }

    private void add(ReadFinding finding) {
        if (finding.fault().hasOwnReasons() && finding.count() == 1 && single.size() < SINGLE) {
            single.add(finding);
            return;
        }
        found.merge(
                finding.fault(),
                finding,
                (before, more) -> new ReadFinding(
                        before.fault(), before.count() + more.count(), before.place(), before.detail()));
    }

    /** Adds what another counter has. */
    public void addAll(FindingCounter other) {
        other.findings().forEach(this::add);
    }

    /** What was counted so far. */
    public List<ReadFinding> findings() {
        return Stream.concat(single.stream(), found.values().stream()).toList();
    }

    void clear() {
        single.clear();
        found.clear();
    }
}
