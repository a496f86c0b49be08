package dev.fovea.monitoring;

import static dev.fovea.monitoring.Observations.SHIRTS_1;
import static dev.fovea.monitoring.Observations.predicted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.fault.ErrorCode;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VersionMetricsTest {

    private final Recorder recorder = new Recorder(new MemoryStore(), new MovableClock(), 4096);

    @Test
    void shouldCountEachRequestUnderItsVersion() {
        record(1000);
        recorder.record(new Observation(SHIRTS_1, new RequestOutcome.RequestFailed(ErrorCode.OVERLOADED)));
        Map<String, Double> samples = Samples.of(recorder.metrics());
        String version = "model=\"shirts\",version=\"1\"";
        assertThat(samples)
                .containsEntry("fovea_requests{%s}".formatted(version), 1001.0)
                .containsEntry("fovea_request_errors{code=\"OVERLOADED\",%s}".formatted(version), 1.0)
                .containsEntry("fovea_predictions{label=\"label \\\"0\\\"\",%s}".formatted(version), 334.0)
                .containsEntry("fovea_observations_dropped{}", 0.0);
        assertThat(samples.get("fovea_confidence_mean_ratio{%s}".formatted(version)))
                .isCloseTo(0.9, within(1e-9));
    }

    /** A duration at a bound counts there; one above all bounds in the last bucket; the sum is in seconds. */
    @Test
    void shouldPutEachDurationIntoItsBucket() {
        record(1000);
        recorder.record(predicted(SHIRTS_1, "a", 0.9, 60_000));
        List<HistogramDataPointSnapshot> durations = recorder.metrics().stream()
                .filter(metric -> metric.getMetadata().getName().equals("fovea_request_duration_seconds"))
                .flatMap(metric -> metric.getDataPoints().stream())
                .map(HistogramDataPointSnapshot.class::cast)
                .toList();
        assertThat(durations).singleElement().satisfies(histogram -> {
            assertThat(histogram.getSum()).isCloseTo(24.975 + 60, within(1e-6));
            assertThat(histogram.getCount()).isEqualTo(1001);
            assertThat(histogram.getClassicBuckets().getUpperBound(4)).isEqualTo(0.0025);
            assertThat(histogram.getClassicBuckets().getCount(4)).isEqualTo(30); // 1.05, 1.10 … 2.50 ms
            assertThat(histogram.getClassicBuckets().getUpperBound(16)).isEqualTo(Double.POSITIVE_INFINITY);
            assertThat(histogram.getClassicBuckets().getCount(16)).isEqualTo(1);
        });
    }

    @Test
    void shouldNameEachStageButTheTotal() {
        record(1);
        assertThat(recorder.metrics().stream()
                        .filter(metric -> metric.getMetadata().getName().equals("fovea_stage_duration_seconds"))
                        .flatMap(metric -> metric.getDataPoints().stream())
                        .map(point -> point.getLabels().get("stage")))
                .containsExactlyInAnyOrder("decode", "preprocess", "queue", "infer", "postprocess");
    }

    @Test
    void shouldBeEmptyWithoutTraffic() {
        assertThat(recorder.metrics())
                .filteredOn(metric -> !metric.getDataPoints().isEmpty())
                .extracting(MetricSnapshot::getMetadata)
                .extracting(metadata -> metadata.getName())
                .containsExactly("fovea_observations_dropped");
    }

    private void record(int requests) {
        for (int i = 0; i < requests; i++) {
            recorder.record(predicted(SHIRTS_1, "label \"" + i % 3 + "\"", 0.9, 0.05 * i));
        }
    }
}
