package dev.fovea.server;

import dev.fovea.traffic.StreamCounts;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** What the stream of predictions took and dropped, for Prometheus. */
final class TrafficMetrics {

    private TrafficMetrics() {}

    static List<MetricSnapshot> of(Map<String, StreamCounts> counts) {
        return List.of(
                counter(
                        "fovea_traffic_responses",
                        "Responses that were taken into the stream of predictions.",
                        counts,
                        StreamCounts::taken),
                counter(
                        "fovea_traffic_dropped",
                        "Responses without a row in the prediction log because too many waited.",
                        counts,
                        StreamCounts::dropped),
                counter(
                        "fovea_traffic_images_dropped",
                        "Images that no retention policy saw because too many bytes waited.",
                        counts,
                        StreamCounts::imagesDropped));
    }

    private static CounterSnapshot counter(
            String name, String help, Map<String, StreamCounts> counts, ToLongFunction<StreamCounts> of) {
        CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
        counts.forEach((model, count) -> counter.dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                .labels(Labels.of("model", model))
                .value(of.applyAsLong(count))
                .build()));
        return counter.build();
    }
}
