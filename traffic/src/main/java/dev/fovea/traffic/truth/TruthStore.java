package dev.fovea.traffic.truth;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Port: true labels by model and request. What a call acknowledged is durable. */
public interface TruthStore {

    /**
     * What became of the truths of one call, by request ids.
     *
     * @param added were unknown
     * @param repeated said again what stands
     * @param conflicting contradict what stands
     * @param replaced took its place
     */
    record AddedTruths(List<String> added, List<String> repeated, List<String> conflicting, List<String> replaced) {
        public AddedTruths {
            added = List.copyOf(added);
            repeated = List.copyOf(repeated);
            conflicting = List.copyOf(conflicting);
            replaced = List.copyOf(replaced);
        }
    }

    /**
     * Adds truths.
     *
     * @param replace whether labels that differ from those that stand take their place; otherwise they are kept as
     *     conflicts
     */
    AddedTruths add(String model, Collection<Truth> truths, boolean replace);

    /** The truths that stand for some requests, by request. */
    Map<String, Truth> standing(String model, Collection<String> requests);

    /** Joins truths to predictions; what is joined already stays. */
    void settle(String model, Collection<SettledTruth> settled);

    /** The truths that are not joined, by request. */
    Map<String, Truth> waiting(String model);

    /** The truths of a version's predictions from a time to before another, in the order in which they came. */
    List<Truth> truths(String model, int version, Instant from, Instant to);

    /** The joined truths of a version, in the order in which they came. */
    List<SettledTruth> settled(String model, int version, Instant from, Instant to);

    /** The newest conflicts. */
    List<TruthConflict> conflicts(String model, int limit);

    /** Counts since the model has truth. */
    TruthCounts counts(String model);
}
