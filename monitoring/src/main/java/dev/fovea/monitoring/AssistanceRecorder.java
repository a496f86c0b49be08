package dev.fovea.monitoring;

import dev.fovea.fault.ErrorCode;
import dev.fovea.registry.Cascade;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what cascades and fallbacks do in this process. Requests' threads count without waiting; a cascade that is
 * declared anew starts from nothing, so that its share is that of its own threshold.
 */
public final class AssistanceRecorder {

    private final ConcurrentMap<String, CascadeCounters> cascades = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, ConcurrentMap<ErrorCode, LongAdder>> fallbacks = new ConcurrentHashMap<>();

    /** The small model's prediction was served, as its confidence reached the threshold. */
    public void sure(String model, Cascade cascade) {
        counters(model, cascade).sure.increment();
    }

    /** The larger model served the request; {@code agreed} if both predicted the same label. */
    public void escalated(String model, Cascade cascade, boolean agreed) {
        CascadeCounters counters = counters(model, cascade);
        (agreed ? counters.agreed : counters.disagreed).increment();
    }

    /** The escalation failed. */
    public void escalationFailed(String model, Cascade cascade, ErrorCode code) {
        counters(model, cascade)
                .failures
                .computeIfAbsent(code, absent -> new LongAdder())
                .increment();
    }

    /** Something else stood in for a model. */
    public void fellBack(String model, ErrorCode reason) {
        fallbacks
                .computeIfAbsent(model, absent -> new ConcurrentHashMap<>())
                .computeIfAbsent(reason, absent -> new LongAdder())
                .increment();
    }

    /** The figures of a cascade as it is declared now. */
    public CascadeMetrics cascade(String model, Cascade cascade) {
        CascadeCounters counters = cascades.get(model);
        return counters != null && counters.cascade.equals(cascade)
                ? counters.metrics()
                : new CascadeCounters(cascade).metrics();
    }

    /** Number of fallback responses since the process started, by error code. */
    public Map<String, Long> fallbacks(String model) {
        Map<String, Long> counts = new TreeMap<>();
        fallbacks
                .getOrDefault(model, new ConcurrentHashMap<>())
                .forEach((code, count) -> counts.put(code.name(), count.sum()));
        return counts;
    }

    /** All figures for Prometheus. */
    public List<MetricSnapshot> metrics() {
        AssistanceMetrics metrics = new AssistanceMetrics();
        new TreeMap<>(cascades).forEach(metrics::cascade);
        new TreeMap<>(fallbacks).keySet().forEach(model -> metrics.fallbacks(model, fallbacks(model)));
        return metrics.build();
    }

    private CascadeCounters counters(String model, Cascade cascade) {
        CascadeCounters known = cascades.get(model);
        if (known != null && known.cascade.equals(cascade)) {
            return known;
        }
        CascadeCounters current = cascades.compute(
                model,
                (name, other) -> other == null || isNewer(cascade, other) ? new CascadeCounters(cascade) : other);
        // a request that began under an earlier cascade counts nowhere
        return current.cascade.equals(cascade) ? current : new CascadeCounters(cascade);
    }

    private static boolean isNewer(Cascade cascade, CascadeCounters other) {
        return cascade.declared().isAfter(other.cascade.declared());
    }
}
