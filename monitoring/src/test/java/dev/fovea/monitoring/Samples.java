package dev.fovea.monitoring;

import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values of metrics by {@code name{label="value"}}; of histograms their sums. */
final class Samples {

    private Samples() {}

    static Map<String, Double> of(List<MetricSnapshot> metrics) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (MetricSnapshot metric : metrics) {
            for (DataPointSnapshot point : metric.getDataPoints()) {
                values.put(metric.getMetadata().getName() + point.getLabels(), value(point));
            }
        }
        return values;
    }

    private static double value(DataPointSnapshot point) {
        return switch (point) {
            case CounterDataPointSnapshot counter -> counter.getValue();
            case GaugeDataPointSnapshot gauge -> gauge.getValue();
            case HistogramDataPointSnapshot histogram -> histogram.getSum();
            default -> throw new IllegalArgumentException(point.toString());
        };
    }
}
