package dev.fovea.rollout.experiment;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was counted during an experiment, of all servers. Immutable.
 *
 * @param variants by version, the control among them
 * @param values of the figure
 */
public record ExperimentSums(SortedMap<Integer, VariantSums> variants, ValueCounts values) {

    public ExperimentSums {
        variants = Collections.unmodifiableSortedMap(new TreeMap<>(variants));
    }

    /** Of a version. */
    public VariantSums of(int version) {
        return variants.getOrDefault(version, VariantSums.NONE);
    }
}
