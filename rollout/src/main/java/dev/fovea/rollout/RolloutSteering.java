package dev.fovea.rollout;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.Promotion;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Registry;
import dev.fovea.registry.Rollout;
import dev.fovea.rollout.RolloutStart.TrafficChange;
import dev.fovea.rollout.RolloutState.Advancing;
import dev.fovea.rollout.RolloutState.Ended;
import dev.fovea.rollout.RolloutState.Ending;
import dev.fovea.rollout.RolloutState.Paused;
import dev.fovea.serving.pool.Releases;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Makes the registry follow a rollout. The state is stored first, so that this may be repeated after a crash at any
 * point. A change of traffic by anybody else ends the rollout and stays as it is.
 */
final class RolloutSteering {

    private static final int TRAIL = 50;

    private final Registry registry;
    private final Releases releases;
    private final RolloutStore store;
    private final InstantSource clock;

    RolloutSteering(Registry registry, Releases releases, RolloutStore store, InstantSource clock) {
        this.registry = registry;
        this.releases = releases;
        this.store = store;
        this.clock = clock;
    }

    /** Brings traffic to where the rollout wants it, and gives the rollout as it is then. */
    StagedRollout apply(StagedRollout rollout) {
        Optional<RegisteredModel> model = registry.find(rollout.model());
        if (model.isEmpty()) {
            return ended(rollout, new RolloutOutcome.Undecided("the model was deleted", List.of()));
        }
        return switch (rollout.state()) {
            case Advancing ignored -> shared(rollout, model.get());
            case Paused ignored -> shared(rollout, model.get());
            case Ending(RolloutOutcome outcome) -> finished(rollout, model.get(), outcome);
            case Ended ignored -> rollout;
        };
    }

    private StagedRollout shared(StagedRollout rollout, RegisteredModel model) {
        double percent = rollout.percent().orElseThrow();
        if (production(model) == rollout.production()
                && model.rollout()
                        .equals(new Rollout.CanaryTraffic(rollout.candidate().version(), percent))) {
            return rollout;
        }
        Optional<StagedRollout> overruled = overruled(rollout);
        if (overruled.isEmpty()) {
            releases.canary(
                    rollout.model(),
                    rollout.candidate().version(),
                    percent,
                    rollout.actor(),
                    rollout.start().reason());
        }
        return overruled.orElse(rollout);
    }

    private StagedRollout finished(StagedRollout rollout, RegisteredModel model, RolloutOutcome outcome) {
        Optional<StagedRollout> overruled = overruled(rollout);
        if (overruled.isPresent()) {
            return overruled.get();
        }
        switch (outcome) {
            case RolloutOutcome.Promoted(Optional<String> ignored, String reason) -> {
                try {
                    releases.promote(
                            rollout.model(), rollout.candidate().version(), rollout.actor(), shortened(reason));
                } catch (FoveaException e) {
                    if (e.code().blame() == ErrorCode.Blame.SERVER) {
                        throw e; // storage: tried again
                    }
                    return apply(store.change(
                            rollout.id(),
                            current -> current.failed(new RolloutOutcome.Undecided(
                                    "the candidate could not be promoted: " + e.getMessage(), List.of()))));
                }
            }
            case RolloutOutcome.RolledBack back -> endCanary(rollout, model, back.reason());
            case RolloutOutcome.RolloutStopped(String ignored, String reason) -> endCanary(rollout, model, reason);
            case RolloutOutcome.Undecided(String reason, List<GuardNeed> ignored) -> endCanary(rollout, model, reason);
        }
        return ended(rollout, outcome);
    }

    private void endCanary(StagedRollout rollout, RegisteredModel model, String reason) {
        int candidate = rollout.candidate().version();
        if (model.rollout() instanceof Rollout.CanaryTraffic(int version, double ignored) && version == candidate) {
            releases.canary(rollout.model(), candidate, 0, rollout.actor(), shortened(reason));
        }
    }

    /** Over, where somebody else has changed traffic since the start. */
    private Optional<StagedRollout> overruled(StagedRollout rollout) {
        Optional<TrafficChange> newest = TrafficChange.newest(registry.audit(rollout.model(), TRAIL));
        if (newest.isEmpty()
                || newest.get().who().equals(rollout.actor())
                || newest.equals(rollout.start().before())) {
            return Optional.empty();
        }
        return Optional.of(
                ended(rollout, new RolloutOutcome.Undecided(newest.get().text(), List.of())));
    }

    private StagedRollout ended(StagedRollout rollout, RolloutOutcome outcome) {
        return store.change(rollout.id(), current -> current.ended(outcome, clock.instant()));
    }

    private static int production(RegisteredModel model) {
        return model.promotion().map(Promotion::version).orElse(0);
    }

    /** As the audit trail takes it. */
    private static String shortened(String reason) {
        String line = reason.replaceAll("\\p{Cntrl}+", " ");
        return line.length() > 900 ? line.substring(0, 900) + "…" : line;
    }
}
