package dev.fovea.serving.shadow;

import java.util.Map;
import java.util.TreeMap;

/**
 * Counts of a shadow; those of several servers, or of several stretches of time, add up.
 *
 * @param compared number of images that both versions predicted
 * @param different of these, images with another prediction
 * @param dropped number of requests left out, because no core was free in time
 * @param failures failed predictions of the candidate, by error code
 * @param changes different predictions of one label, as {@code production → candidate}
 * @param times time spent on compared images
 */
public record ShadowTotals(
        long compared,
        long different,
        long dropped,
        Map<String, Long> failures,
        Map<String, Long> changes,
        ComparedTimes times) {

    /** Most changes that are told apart; further ones are counted in {@link #different} only. */
    static final int MAX_CHANGES = 1000;

    /**
     * Sums over compared images.
     *
     * @param production time of the production version in nanoseconds, without waiting
     * @param candidate CPU time of the candidate in nanoseconds
     */
    public record ComparedTimes(long production, long candidate) {}

    /** Nothing yet. */
    public static final ShadowTotals NONE = new ShadowTotals(0, 0, 0, Map.of(), Map.of(), new ComparedTimes(0, 0));

    public ShadowTotals {
        failures = new TreeMap<>(failures);
        changes = new TreeMap<>(changes);
    }

    /** Both together. */
    public ShadowTotals plus(ShadowTotals other) {
        return new ShadowTotals(
                compared + other.compared,
                different + other.different,
                dropped + other.dropped,
                sum(failures, other.failures),
                sum(changes, other.changes),
                new ComparedTimes(times.production + other.times.production, times.candidate + other.times.candidate));
    }

    private static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
        Map<String, Long> sum = new TreeMap<>(one);
        other.forEach((name, count) -> {
            if (sum.size() < MAX_CHANGES || sum.containsKey(name)) {
                sum.merge(name, count, Long::sum);
            }
        });
        return sum;
    }
}
