package dev.fovea.monitoring.drift;

import dev.fovea.monitoring.drift.detector.DriftAlarm;
import dev.fovea.registry.VersionId;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.Map;

/** Drift for Prometheus, from the server that watches. */
public final class DriftMetrics {

    private DriftMetrics() {}

    /** Whether each version's traffic has changed, and the evidence. */
    public static List<MetricSnapshot> of(Map<VersionId, DriftReport> reports) {
        GaugeSnapshot.Builder alarm = GaugeSnapshot.builder()
                .name("fovea_drift_alarm")
                .help("1 while the version's traffic is found to have changed, 0 while it is watched.");
        GaugeSnapshot.Builder evidence = GaugeSnapshot.builder()
                .name("fovea_drift_evidence")
                .help("Evidence of a change by test, as a share of what raises the alarm; their sum alarms at 1.");
        GaugeSnapshot.Builder unlike = GaugeSnapshot.builder()
                .name("fovea_drift_unlike_held_out")
                .help("How many measures of the version's traffic are not like those of the images it was judged on.");
        reports.forEach((version, report) -> {
            Labels labels = Labels.of("model", version.model(), "version", String.valueOf(version.version()));
            unlike.dataPoint(point(labels, report.findings().unlikeHeldOut().size()));
            if (report.phase() != DriftReport.DriftPhase.LEARNING) {
                alarm.dataPoint(point(labels, report.phase() == DriftReport.DriftPhase.ALARM ? 1 : 0));
                for (DriftAlarm.TestShare test : report.evidence().tests()) {
                    evidence.dataPoint(point(
                            labels.merge(Labels.of("test", test.test())),
                            test.share() / report.evidence().threshold()));
                }
            }
        });
        return List.of(alarm.build(), evidence.build(), unlike.build());
    }

    private static GaugeDataPointSnapshot point(Labels labels, double value) {
        return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
    }
}
