package dev.fovea.rollout;

import dev.fovea.fault.ErrorCode;
import dev.fovea.registry.VersionId;
import dev.fovea.rollout.evidence.TrialSums;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Counts what this process sees of the versions in rollouts. Requests count where the rollout has chosen the version;
 * those that name one do not. Any thread may call; nothing waits, and outside of rollouts a call is one look into an
 * empty map.
 */
public final class RolloutRecorder {

    private volatile Map<String, Trial> trials = Map.of(); // by model

    /** A rollout that is counted. */
    private record Trial(StagedRollout rollout, ArmRecorder candidate, ArmRecorder production) {

        static Trial of(StagedRollout rollout) {
            return new Trial(rollout, new ArmRecorder(), new ArmRecorder());
        }

        Optional<ArmRecorder> arm(int version) {
            return version == rollout.candidate().version()
                    ? Optional.of(candidate)
                    : version == rollout.production() ? Optional.of(production) : Optional.empty();
        }
    }

    /** Counts for these rollouts from now on, and no longer for others. */
    void follow(List<StagedRollout> active) {
        Map<String, Trial> next = new HashMap<>();
        for (StagedRollout rollout : active) {
            Trial known = trials.get(rollout.model());
            next.put(
                    rollout.model(),
                    known != null && known.rollout().id().equals(rollout.id()) ? known : Trial.of(rollout));
        }
        trials = Map.copyOf(next);
    }

    /** What was counted here of a rollout; empty for one that is not followed. */
    Optional<TrialSums> sums(StagedRollout rollout) {
        Trial trial = trials.get(rollout.model());
        return trial == null || !trial.rollout().id().equals(rollout.id())
                ? Optional.empty()
                : Optional.of(new TrialSums(
                        trial.candidate().sums(), trial.production().sums()));
    }

    private Optional<ArmRecorder> arm(VersionId version) {
        Map<String, Trial> current = trials;
        Trial trial = current.isEmpty() ? null : current.get(version.model());
        return trial == null ? Optional.empty() : trial.arm(version.version());
    }

    /**
     * A request succeeded whose version the rollout chose.
     *
     * @param nanos of its latency; empty for a cached response
     * @param confidence the mean of its predictions, where there are some
     */
    public void succeeded(VersionId version, OptionalDouble nanos, OptionalDouble confidence) {
        arm(version).ifPresent(arm -> arm.succeeded(nanos, confidence));
    }

    /** A request failed whose version the rollout chose; errors of the caller and of the input do not count. */
    public void failed(VersionId version, ErrorCode code) {
        boolean counts = switch (code.blame()) {
            case CALLER, INPUT -> false;
            case MODEL, SERVER -> true;
            case CAPACITY -> code != ErrorCode.STOPPING;
        };
        if (counts) {
            arm(version).ifPresent(ArmRecorder::failed);
        }
    }
}
