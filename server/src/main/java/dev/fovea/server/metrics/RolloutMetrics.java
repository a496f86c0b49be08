package dev.fovea.server.metrics;

import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Registry;
import dev.fovea.rollout.RolloutOutcome;
import dev.fovea.rollout.RolloutState;
import dev.fovea.rollout.Rollouts;
import dev.fovea.rollout.StagedRollout;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Rollouts under way and those that ended lately, as metrics for Prometheus. All servers of a home say the same. */
public final class RolloutMetrics {

    /** An end is told for so long. */
    private static final Duration RECENTLY = Duration.ofDays(1);

    private RolloutMetrics() {}

    /** The newest rollout of each model. */
    public static List<MetricSnapshot> of(Registry registry, Rollouts rollouts, Instant now) {
        List<StagedRollout> newest = registry.models().stream()
                .map(RegisteredModel::name)
                .flatMap(model -> rollouts.list(model, 1).stream())
                .toList();
        return of(newest, now);
    }

    /** The metrics of some rollouts, of each model one. */
    public static List<MetricSnapshot> of(List<StagedRollout> newest, Instant now) {
        GaugeSnapshot.Builder active = GaugeSnapshot.builder()
                .name("fovea_rollout_active")
                .help("1 while a rollout of the model is under way, 0 after it.");
        GaugeSnapshot.Builder ended = GaugeSnapshot.builder()
                .name("fovea_rollout_ended")
                .help(
                        "1 for a day after a rollout of the model ended, by outcome: promoted, rolled-back, stopped, undecided.");
        for (StagedRollout rollout : newest) {
            Labels labels = Labels.of("model", rollout.model());
            active.dataPoint(point(labels, rollout.state().underWay()));
            if (rollout.state() instanceof RolloutState.Ended(RolloutOutcome outcome, Instant at)) {
                ended.dataPoint(point(labels.add("outcome", outcome.label()), now.isBefore(at.plus(RECENTLY))));
            }
        }
        return List.of(active.build(), ended.build());
    }

    private static GaugeDataPointSnapshot point(Labels labels, boolean holds) {
        return GaugeDataPointSnapshot.builder()
                .labels(labels)
                .value(holds ? 1 : 0)
                .build();
    }
}
