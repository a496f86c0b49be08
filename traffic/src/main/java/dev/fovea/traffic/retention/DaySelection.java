package dev.fovea.traffic.retention;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which candidates are kept: of each reason those with the smallest keys. The keys of the random part are independent
 * and uniform, so that those with the smallest are a simple random sample of all images, whichever servers saw them
 * (bottom-k sampling; Cohen and Kaplan, "Summarizing data using bottom-k sketches", PODC 2007). A candidate that is not
 * chosen among some is not chosen among more either, so that it can be given up at once.
 *
 * @param chosen the reasons of each, by id
 * @param share of the quotas that fits into the bytes, 0 to 1
 */
public record DaySelection(Map<String, Set<KeepReason>> chosen, double share) {

    /** The steps in which the quotas are reduced. */
    private static final int STEPS = 64;

    /** The selection. When it has more bytes than allowed, all quotas are reduced by the same share. */
    public static DaySelection of(
            Collection<KeepCandidate> candidates, Map<KeepReason, Integer> quotas, long maxBytes) {
        int low = 0;
        int high = STEPS;
        DaySelection whole = reduced(candidates, quotas, STEPS);
        if (bytes(candidates, whole) <= maxBytes) {
            return whole;
        }
        while (high - low > 1) {
            int middle = (low + high) / 2;
            if (bytes(candidates, reduced(candidates, quotas, middle)) <= maxBytes) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return reduced(candidates, quotas, low);
    }

    /** A quota that is reduced to a share. */
    public static int quota(int quota, double share) {
        return (int) (quota * share);
    }

    private static DaySelection reduced(
            Collection<KeepCandidate> candidates, Map<KeepReason, Integer> quotas, int steps) {
        double share = (double) steps / STEPS;
        Map<String, Set<KeepReason>> chosen = new LinkedHashMap<>();
        quotas.forEach((reason, quota) -> best(candidates, reason).stream()
                .limit(quota(quota, share))
                .forEach(candidate -> chosen.computeIfAbsent(candidate.id(), absent -> EnumSet.noneOf(KeepReason.class))
                        .add(reason)));
        return new DaySelection(chosen, share);
    }

    /** The candidates of a reason, the best first. */
    private static List<KeepCandidate> best(Collection<KeepCandidate> candidates, KeepReason reason) {
        List<KeepCandidate> best = new ArrayList<>();
        for (KeepCandidate candidate : candidates) {
            if (candidate.keys().containsKey(reason)) {
                best.add(candidate);
            }
        }
        best.sort(Comparator.comparingDouble(
                        (KeepCandidate candidate) -> candidate.keys().getOrDefault(reason, Double.NaN))
                .thenComparing(candidate -> candidate.origin().time())
                .thenComparing(KeepCandidate::id));
        return best;
    }

    private static long bytes(Collection<KeepCandidate> candidates, DaySelection selection) {
        return candidates.stream()
                .filter(candidate -> selection.chosen().containsKey(candidate.id()))
                .mapToLong(KeepCandidate::bytes)
                .sum();
    }

    /** How many are chosen for a reason. */
    public int count(KeepReason reason) {
        return (int) chosen.values().stream()
                .filter(reasons -> reasons.contains(reason))
                .count();
    }
}
