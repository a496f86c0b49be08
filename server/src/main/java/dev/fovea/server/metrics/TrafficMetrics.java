package dev.fovea.server.metrics;

import dev.fovea.traffic.StreamCounts;
import dev.fovea.traffic.TrafficLogStatus;
import dev.fovea.traffic.retention.RetentionStatus;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** What the stream of predictions and the log took and lost, for Prometheus. */
public final class TrafficMetrics {

    private TrafficMetrics() {}

    public static List<MetricSnapshot> of(Map<String, StreamCounts> counts, TrafficLogStatus log) {
        return List.of(
                counter(
                        "fovea_traffic_logged",
                        "Rows that were added to the prediction log.",
                        log.kept(),
                        rows -> rows),
                counter(
                        "fovea_traffic_lost",
                        "Rows that could not be added to the prediction log, as when the disk is full.",
                        log.lost(),
                        rows -> rows),
                CounterSnapshot.builder()
                        .name("fovea_traffic_damaged_files")
                        .help("Files of the prediction log that were found damaged and set aside.")
                        .dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                                .value((double) log.damaged())
                                .build())
                        .build(),
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

    /** Images that were taken for a policy, and those that were lost. */
    public static List<MetricSnapshot> of(RetentionStatus retention) {
        return List.of(
                counter(
                        "fovea_traffic_images_staged",
                        "Images that were stored because a policy may keep them.",
                        retention.staged(),
                        images -> images),
                counter(
                        "fovea_traffic_images_lost",
                        "Images that a policy may have kept and that could not be stored, as when the disk is full.",
                        retention.lost(),
                        images -> images));
    }

    private static <T> CounterSnapshot counter(String name, String help, Map<String, T> counts, ToLongFunction<T> of) {
        CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
        counts.forEach((model, count) -> counter.dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                .labels(Labels.of("model", model))
                .value((double) of.applyAsLong(count))
                .build()));
        return counter.build();
    }
}
