package dev.fovea.traffic.truth;

import dev.fovea.registry.VersionId;
import dev.fovea.statistics.MeanInterval;
import dev.fovea.statistics.WilsonInterval;
import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.LoggedRouting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Takes in business figures and joins them to the version that predicted. */
public final class Kpis {

    /** The most figures of one call. */
    public static final int MAX_AT_ONCE = 100_000;

    /** How long before a figure the prediction for its key may be. */
    private static final Duration BEFORE = Duration.ofDays(30);

    private final KpiStore store;
    private final PredictionLookup predictions;

    public Kpis(KpiStore store, PredictionLookup predictions) {
        this.store = store;
        this.predictions = predictions;
    }

    /**
     * What became of figures.
     *
     * @param received all of them
     * @param added new ones
     * @param joined those of the model that were joined now, earlier ones that waited among them
     * @param waiting those of the model whose prediction was not found
     */
    public record KpiReceipt(int received, int added, int joined, long waiting) {}

    /** Adds figures of a model and joins what waits. */
    public KpiReceipt add(String model, Collection<Kpi> kpis) {
        int added = store.add(model, kpis);
        int joined = join(model);
        return new KpiReceipt(kpis.size(), added, joined, store.countWaiting(model));
    }

    /** Each figure of each version. */
    public List<KpiSummary> summaries(String model, Instant from, Instant to) {
        int _ = join(model);
        Map<String, Map<Integer, List<Double>>> values = new TreeMap<>();
        for (KpiStore.JoinedKpi one : store.joined(model, from, to)) {
            values.computeIfAbsent(one.kpi().name(), name -> new TreeMap<>())
                    .computeIfAbsent(one.version().version(), version -> new ArrayList<>())
                    .add(one.kpi().value());
        }
        List<KpiSummary> summaries = new ArrayList<>();
        values.forEach(
                (name, versions) -> versions.forEach((version, all) -> summaries.add(summary(name, version, all))));
        return summaries;
    }

    private static KpiSummary summary(String name, int version, List<Double> values) {
        double[] all = values.stream().mapToDouble(Double::doubleValue).toArray();
        boolean counts = Arrays.stream(all).allMatch(value -> value == 0 || value == 1);
        double sum = Arrays.stream(all).sum();
        return new KpiSummary(
                name,
                version,
                all.length,
                sum,
                all.length < 2
                        ? Optional.empty()
                        : Optional.of(counts ? WilsonInterval.of((long) sum, all.length) : MeanInterval.of(all)));
    }

    private int join(String model) {
        List<Kpi> waiting = store.waiting(model, MAX_AT_ONCE);
        List<KpiStore.JoinedKpi> joined = new ArrayList<>(byRequest(model, waiting));
        joined.addAll(byKey(model, waiting));
        store.join(model, joined);
        return joined.size();
    }

    private List<KpiStore.JoinedKpi> byRequest(String model, List<Kpi> waiting) {
        Set<String> requests =
                waiting.stream().flatMap(kpi -> kpi.request().stream()).collect(Collectors.toCollection(HashSet::new));
        if (requests.isEmpty()) {
            return List.of();
        }
        Map<String, VersionId> versions = new HashMap<>();
        Set<String> ambiguous = new HashSet<>(); // ids that two versions responded to
        predictions.find(model, requests, row -> {
            if (answered(row)) {
                VersionId before = versions.putIfAbsent(row.request().id(), row.version());
                if (before != null && !before.equals(row.version())) {
                    ambiguous.add(row.request().id());
                }
            }
        });
        versions.keySet().removeAll(ambiguous);
        List<KpiStore.JoinedKpi> joined = new ArrayList<>();
        for (Kpi kpi : waiting) {
            kpi.request().map(versions::get).ifPresent(version -> joined.add(new KpiStore.JoinedKpi(kpi, version)));
        }
        return joined;
    }

    private List<KpiStore.JoinedKpi> byKey(String model, List<Kpi> waiting) {
        List<Kpi> keyed = waiting.stream().filter(kpi -> kpi.key().isPresent()).toList();
        if (keyed.isEmpty()) {
            return List.of();
        }
        List<PredictionLookup.KeyAtTime> keys = keyed.stream()
                .map(kpi -> new PredictionLookup.KeyAtTime(kpi.key().orElseThrow(), kpi.time()))
                .toList();
        List<Optional<VersionId>> versions = predictions.lastOfKeys(model, keys, BEFORE);
        List<KpiStore.JoinedKpi> joined = new ArrayList<>();
        for (int i = 0; i < keyed.size(); i++) {
            Kpi kpi = keyed.get(i);
            versions.get(i).ifPresent(version -> joined.add(new KpiStore.JoinedKpi(kpi, version)));
        }
        return joined;
    }

    private static boolean answered(LoggedPrediction row) {
        return row.routing().role() == LoggedRouting.Role.REQUESTED
                && row.routing().served();
    }
}
