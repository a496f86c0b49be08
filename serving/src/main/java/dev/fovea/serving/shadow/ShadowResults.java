package dev.fovea.serving.shadow;

import dev.fovea.fault.ErrorCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Results of one shadow in this process that are not stored yet. Bounded: the differences with the greatest weight
 * stay. Thread-safe.
 */
final class ShadowResults {

    /** Most differences that are kept, with the greatest weight. */
    static final int MAX_DIFFERENCES = 500;

    private long compared;
    private long different;
    private long dropped;
    private long production;
    private long candidate;
    private final Map<String, Long> failures = new HashMap<>();
    private final Map<String, Long> changes = new HashMap<>();
    private final List<ShadowDifference> differences = new ArrayList<>();

    /** What is stored at once. */
    record Unsaved(ShadowTotals totals, List<ShadowDifference> differences) {}

    synchronized void dropped() {
        dropped++;
    }

    synchronized void failed(ErrorCode code) {
        failures.merge(code.name(), 1L, Long::sum);
    }

    /** Both versions predicted an image, in so many nanoseconds. */
    synchronized void compared(long productionNanos, long candidateNanos) {
        compared++;
        production += productionNanos;
        candidate += candidateNanos;
    }

    synchronized void differs(ShadowDifference found) {
        different++;
        String change = "%s → %s"
                .formatted(
                        label(found.difference().production()),
                        label(found.difference().candidate()));
        if (changes.size() < ShadowTotals.MAX_CHANGES || changes.containsKey(change)) {
            changes.merge(change, 1L, Long::sum);
        }
        differences.add(found);
        if (differences.size() >= 2 * MAX_DIFFERENCES) {
            keepGreatest();
        }
    }

    /** Takes what is not stored yet. */
    synchronized Unsaved take() {
        keepGreatest();
        Unsaved unsaved = new Unsaved(
                new ShadowTotals(
                        compared,
                        different,
                        dropped,
                        failures,
                        changes,
                        new ShadowTotals.ComparedTimes(production, candidate)),
                List.copyOf(differences));
        compared = 0;
        different = 0;
        dropped = 0;
        production = 0;
        candidate = 0;
        failures.clear();
        changes.clear();
        differences.clear();
        return unsaved;
    }

    private void keepGreatest() {
        differences.sort(Comparator.comparingDouble(
                        (ShadowDifference each) -> each.difference().weight())
                .reversed());
        if (differences.size() > MAX_DIFFERENCES) {
            differences.subList(MAX_DIFFERENCES, differences.size()).clear();
        }
    }

    /** Without confidences, so that equal changes add up. */
    private static String label(String words) {
        return words.isEmpty() ? "nothing" : words.replaceAll(" [0-9][0-9.,]*( px)?(?=, |$)", "");
    }
}
