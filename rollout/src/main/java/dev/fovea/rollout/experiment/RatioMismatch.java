package dev.fovea.rollout.experiment;

import dev.fovea.statistics.sequential.SampleRatioTest;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Units that did not fall to versions in the planned shares. What is compared then differs in more than the version.
 *
 * @param at when it was found
 * @param units of each version then
 */
public record RatioMismatch(Instant at, SortedMap<Integer, Long> units) {

    /** How often a mismatch may be stated that is not there, over all looks of an experiment. */
    public static final double ERROR = 0.001;

    public RatioMismatch {
        units = Collections.unmodifiableSortedMap(new TreeMap<>(units));
    }

    /**
     * Looks for one; may be called any time.
     *
     * @param shares planned, by version
     */
    static Optional<RatioMismatch> of(SortedMap<Integer, Double> shares, ExperimentSums sums, Instant now) {
        SortedMap<Integer, Long> units = new TreeMap<>();
        shares.keySet().forEach(version -> units.put(version, sums.of(version).units()));
        double evidence = SampleRatioTest.logE(
                units.values().stream().mapToLong(Long::longValue).toArray(),
                shares.values().stream().mapToDouble(Double::doubleValue).toArray());
        return evidence >= -Math.log(ERROR) ? Optional.of(new RatioMismatch(now, units)) : Optional.empty();
    }

    /** What was found, and what may be the cause. */
    public String text(SortedMap<Integer, Double> shares, ExperimentSums now) {
        long all = units.values().stream().mapToLong(Long::longValue).sum();
        StringBuilder text = new StringBuilder("the units do not fall to versions as planned:");
        for (Map.Entry<Integer, Long> one : units.entrySet()) {
            text.append(" %d has %.1f %% instead of %.1f %%,"
                    .formatted(one.getKey(), 100.0 * one.getValue() / all, shares.getOrDefault(one.getKey(), 0.0)));
        }
        text.setLength(text.length() - 1);
        String failing = now.variants().entrySet().stream()
                .filter(one -> one.getValue().fallbacks() > 0)
                .map(one -> "version %d was not ready for %,d requests"
                        .formatted(one.getKey(), one.getValue().fallbacks()))
                .findFirst()
                .orElse("no version was missing");
        return text.append(". No verdict is given. Likely causes: a version that cannot be loaded (")
                .append(failing)
                .append("); a bot or a test that sends many requests under few keys, or one image again and again; ")
                .append("a caller that sends X-Request-Key for some requests only")
                .toString();
    }
}
