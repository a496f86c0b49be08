package dev.fovea.rollout.experiment;

import dev.fovea.registry.Rollout;
import dev.fovea.rollout.experiment.ExperimentUnit.KeyUnit;
import dev.fovea.serving.PredictionTarget;
import dev.fovea.serving.VersionAssignment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts which units this process has exposed to which version. Any thread may call; nothing waits, and outside of
 * experiments a call is one look into an empty map. Requests count when their version is chosen, even if they fail
 * later.
 */
public final class ExperimentRecorder {

    /** Keys that are remembered as stored; when there are more, some are stored again, which changes nothing. */
    private static final int REMEMBERED = 1 << 20;

    /** Keys that wait to be stored; those beyond count at their next request. */
    private static final int WAITING = 1 << 17;

    private volatile Map<String, Exposures> watched = Map.of(); // by model

    /** Counts of one version. */
    private record VariantCount(LongAdder units, LongAdder fallbacks) {

        VariantCount() {
            this(new LongAdder(), new LongAdder());
        }
    }

    /**
     * What was exposed in an experiment.
     *
     * @param waiting keys that are to be stored, with their versions
     * @param stored keys that were stored
     */
    private record Exposures(
            Experiment experiment,
            Map<Integer, VariantCount> counts,
            Map<String, Integer> waiting,
            Set<String> stored) {

        static Exposures of(Experiment experiment) {
            Map<Integer, VariantCount> counts = new HashMap<>();
            experiment.shares().keySet().forEach(version -> counts.put(version, new VariantCount()));
            return new Exposures(
                    experiment, Map.copyOf(counts), new ConcurrentHashMap<>(), ConcurrentHashMap.newKeySet());
        }
    }

    /** Counts for these experiments from now on, and no longer for others. */
    void follow(List<Experiment> active) {
        Map<String, Exposures> next = new HashMap<>();
        for (Experiment experiment : active) {
            Exposures known = watched.get(experiment.model());
            next.put(
                    experiment.model(),
                    known != null && known.experiment().id().equals(experiment.id())
                            ? known
                            : Exposures.of(experiment));
        }
        watched = Map.copyOf(next);
    }

    /** A version was chosen for a request that names none. */
    public void chosen(PredictionTarget target, VersionAssignment assignment) {
        Map<String, Exposures> current = watched;
        Exposures exposures = current.isEmpty() ? null : current.get(target.model());
        if (exposures == null
                || !(assignment.rollout() instanceof Rollout.SplitTraffic(long seed, List<Rollout.SlotRange> ignored))
                || seed != exposures.experiment().seed()) {
            return;
        }
        VariantCount served = exposures.counts().get(assignment.version().version());
        if (served == null) {
            return; // this process has not loaded the version in production, and serves the one before
        }
        assignment
                .missed()
                .ifPresent(missed -> Optional.ofNullable(exposures.counts().get(missed))
                        .ifPresent(count -> count.fallbacks().increment()));
        if (target.key().isEmpty()) {
            served.units().increment();
        } else if (assignment.missed().isEmpty()) {
            exposed(exposures, target.key().get(), assignment.version().version());
        }
    }

    private static void exposed(Exposures exposures, String key, int version) {
        String id = KeyUnit.of(key).id();
        if (!exposures.stored().contains(id) && exposures.waiting().size() < WAITING) {
            exposures.waiting().putIfAbsent(id, version);
        }
    }

    /** What was counted here of requests without a key, since this process follows the experiment. */
    SortedMap<Integer, ExposureCounts> counts(Experiment experiment) {
        SortedMap<Integer, ExposureCounts> counts = new TreeMap<>();
        of(experiment)
                .ifPresent(exposures -> exposures
                        .counts()
                        .forEach((version, count) -> counts.put(
                                version,
                                new ExposureCounts(
                                        count.units().sum(), count.fallbacks().sum()))));
        return counts;
    }

    /** Keys that are to be stored, with their versions. */
    Map<String, Integer> waiting(Experiment experiment) {
        return of(experiment).map(Exposures::waiting).map(Map::copyOf).orElse(Map.of());
    }

    /** Keys were stored. */
    void stored(Experiment experiment, Set<String> ids) {
        of(experiment).ifPresent(exposures -> {
            if (exposures.stored().size() + ids.size() > REMEMBERED) {
                exposures.stored().clear();
            }
            exposures.stored().addAll(ids);
            exposures.waiting().keySet().removeAll(ids);
        });
    }

    private Optional<Exposures> of(Experiment experiment) {
        return Optional.ofNullable(watched.get(experiment.model()))
                .filter(exposures -> exposures.experiment().id().equals(experiment.id()));
    }
}
