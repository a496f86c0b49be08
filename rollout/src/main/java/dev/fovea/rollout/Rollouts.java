package dev.fovea.rollout;

import com.github.f4b6a3.ulid.UlidCreator;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Registry;
import dev.fovea.registry.Rollout;
import dev.fovea.registry.VersionId;
import dev.fovea.rollout.RolloutStart.TrafficChange;
import dev.fovea.rollout.policy.RolloutPolicy;
import dev.fovea.serving.pool.Releases;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Rollouts as people start, watch and end them; the same for commands and the API. Thread-safe. */
public final class Rollouts {

    private final Registry registry;
    private final RolloutStore store;
    private final RolloutSteering steering;
    private final InstantSource clock;

    /** On a registry. */
    public Rollouts(Registry registry, Releases releases, RolloutStore store, InstantSource clock) {
        this.registry = registry;
        this.store = store;
        this.steering = new RolloutSteering(registry, releases, store, clock);
        this.clock = clock;
    }

    /**
     * Starts one: the candidate gets its first share when this returns.
     *
     * @throws FoveaException {@code MODEL_UNKNOWN}, {@code VERSION_UNKNOWN}; {@code STATE_CONFLICT} for a candidate in
     *     production, without production, beside a canary or another rollout; and why the candidate cannot be loaded
     */
    public StagedRollout start(VersionId candidate, RolloutPolicy policy, String who, String reason) {
        Registry.requireReason(reason);
        RegisteredModel model = registry.model(candidate.model());
        model.active(candidate.version());
        int production = production(model, candidate);
        if (model.rollout() instanceof Rollout.CanaryTraffic(int version, double percent)) {
            active(candidate.model()).ifPresent(running -> {
                throw conflict(
                        "A rollout of %s is running. Show it: fovea rollout show %s. Stop it: fovea rollout stop %s."
                                .formatted(running.candidate(), running.model(), running.model()));
            });
            throw conflict("Version %d of %s is a canary of %s %%. End it first: fovea canary %s %d 0."
                    .formatted(version, model.name(), percent, model.name(), version));
        }
        if (model.rollout() instanceof Rollout.SplitTraffic) {
            throw conflict(
                    "An experiment shares the traffic of %1$s out. Show it: fovea experiment show %1$s. Stop it first: fovea experiment stop %1$s."
                            .formatted(model.name()));
        }
        StagedRollout rollout = StagedRollout.started(
                UlidCreator.getMonotonicUlid().toString(),
                candidate,
                production,
                policy,
                new RolloutStart(
                        clock.instant().truncatedTo(ChronoUnit.MICROS),
                        who,
                        reason,
                        TrafficChange.newest(registry.audit(model.name(), 50))));
        store.add(rollout);
        try {
            return steering.apply(rollout);
        } catch (FoveaException e) {
            store.change(
                    rollout.id(),
                    current -> current.ended(
                            new RolloutOutcome.Undecided("it could not start: " + e.getMessage(), List.of()),
                            clock.instant()));
            throw e;
        }
    }

    private static int production(RegisteredModel model, VersionId candidate) {
        int production = model.promotion()
                .orElseThrow(() -> conflict(
                        "%s has no version in production to compare with. Promote %d, or another one first: fovea promote %s %d."
                                .formatted(model.name(), candidate.version(), model.name(), candidate.version())))
                .version();
        if (production == candidate.version()) {
            throw conflict("%s is in production already. Choose another candidate: \"fovea models %s\" lists them."
                    .formatted(candidate, model.name()));
        }
        return production;
    }

    /** A model's active one. */
    public Optional<StagedRollout> active(String model) {
        return store.active().stream()
                .filter(rollout -> rollout.model().equals(model))
                .findFirst();
    }

    /** A model's, newest first. */
    public List<StagedRollout> list(String model, int limit) {
        registry.model(model);
        return store.list(model, limit);
    }

    /** The active one of a model, else its last; {@code NOT_FOUND} where there was none. */
    public StagedRollout latest(String model) {
        return list(model, 1).stream()
                .findFirst()
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.NOT_FOUND,
                        "%s had no rollout yet. Start one: fovea rollout start %s@VERSION.".formatted(model, model)));
    }

    /** Keeps the share as it is; a guard that is crossed still rolls back. */
    public StagedRollout pause(String model, String who) {
        return store.change(running(model).id(), rollout -> rollout.paused(who));
    }

    /** Goes on after a pause. */
    public StagedRollout resume(String model) {
        return store.change(running(model).id(), StagedRollout::resumed);
    }

    /** Promotes the candidate without further evidence. */
    public StagedRollout promote(String model, String who, String reason) {
        return end(model, new RolloutOutcome.Promoted(Optional.of(who), said(reason, "promoted by " + who)), reason);
    }

    /** Gives production all traffic again. */
    public StagedRollout stop(String model, String who, String reason) {
        return end(model, new RolloutOutcome.RolloutStopped(who, said(reason, "stopped by " + who)), reason);
    }

    private StagedRollout end(String model, RolloutOutcome outcome, String reason) {
        Registry.requireReason(reason);
        return steering.apply(store.change(running(model).id(), rollout -> rollout.decided(outcome)));
    }

    private static String said(String reason, String otherwise) {
        return reason.isBlank() ? otherwise : reason;
    }

    private StagedRollout running(String model) {
        registry.model(model);
        return active(model)
                .orElseThrow(() -> conflict("%s has no rollout under way. Start one: fovea rollout start %s@VERSION."
                        .formatted(model, model)));
    }

    /** Makes the registry follow all active rollouts; for the server that leads. */
    RolloutSteering steering() {
        return steering;
    }

    RolloutStore store() {
        return store;
    }

    private static FoveaException conflict(String message) {
        return new FoveaException(ErrorCode.STATE_CONFLICT, message);
    }
}
