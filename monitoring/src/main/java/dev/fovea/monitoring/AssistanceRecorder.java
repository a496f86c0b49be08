package dev.fovea.monitoring;

import dev.fovea.fault.ErrorCode;
import dev.fovea.registry.Cascade;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

    /** The small model's answer stood because it was sure. */
    public void sure(String model, Cascade cascade) {
        counters(model, cascade).sure.increment();
    }

    /** The larger model answered; {@code agreed} when the small one had said the same. */
    public void escalated(String model, Cascade cascade, boolean agreed) {
        CascadeCounters counters = counters(model, cascade);
        (agreed ? counters.agreed : counters.disagreed).increment();
    }

    /** The larger model was to be asked and could not answer. */
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

    /** How often something else stood in for a model since the process started, by error code. */
    public Map<String, Long> fallbacks(String model) {
        Map<String, Long> counts = new TreeMap<>();
        fallbacks
                .getOrDefault(model, new ConcurrentHashMap<>())
                .forEach((code, count) -> counts.put(code.name(), count.sum()));
        return counts;
    }

    /** All figures for {@link PrometheusText}. */
    public List<MetricFamily> families() {
        List<MetricFamily.Series> answers = new ArrayList<>();
        List<MetricFamily.Series> escalations = new ArrayList<>();
        List<MetricFamily.Series> compared = new ArrayList<>();
        List<MetricFamily.Series> agreements = new ArrayList<>();
        List<MetricFamily.Series> failures = new ArrayList<>();
        List<MetricFamily.Series> share = new ArrayList<>();
        List<MetricFamily.Series> expected = new ArrayList<>();
        List<MetricFamily.Series> stoodIn = new ArrayList<>();
        new TreeMap<>(cascades).forEach((model, counters) -> {
            Map<String, String> labels = Map.of("model", model);
            CascadeMetrics metrics = counters.metrics();
            answers.add(new MetricFamily.Counter(labels, metrics.answers()));
            escalations.add(new MetricFamily.Counter(labels, metrics.escalated()));
            compared.add(new MetricFamily.Counter(labels, metrics.compared()));
            agreements.add(new MetricFamily.Counter(labels, counters.agreed.sum()));
            metrics.failures().forEach((code, count) -> failures.add(counter(model, code, count)));
            metrics.share().ifPresent(live -> share.add(new MetricFamily.Gauge(labels, live.value())));
            counters.cascade
                    .expected()
                    .ifPresent(promised -> expected.add(
                            new MetricFamily.Gauge(labels, promised.share().value())));
        });
        new TreeMap<>(fallbacks)
                .keySet()
                .forEach(model -> fallbacks(model).forEach((code, count) -> stoodIn.add(counter(model, code, count))));
        return List.of(
                new MetricFamily("fovea_cascade_answers_total", "Answers of models with a cascade.", answers),
                new MetricFamily(
                        "fovea_cascade_escalations_total",
                        "Answers that were handed on to a larger model.",
                        escalations),
                new MetricFamily(
                        "fovea_cascade_compared_total", "Escalated images that the larger model answered.", compared),
                new MetricFamily(
                        "fovea_cascade_agreements_total", "Those of them to which both said the same.", agreements),
                new MetricFamily(
                        "fovea_cascade_failures_total", "Escalations that came to nothing, by code.", failures),
                new MetricFamily("fovea_cascade_share", "Share of answers that were handed on.", share),
                new MetricFamily(
                        "fovea_cascade_share_expected", "Share of answers that the evaluation expected.", expected),
                new MetricFamily(
                        "fovea_fallbacks_total",
                        "Answers by something else than the model asked, by reason.",
                        stoodIn));
    }

    private static MetricFamily.Series counter(String model, String code, long count) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("model", model);
        labels.put("code", code);
        return new MetricFamily.Counter(labels, count);
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
