package dev.fovea.rollout;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.VersionId;
import dev.fovea.rollout.RolloutState.Advancing;
import dev.fovea.rollout.RolloutState.Ended;
import dev.fovea.rollout.RolloutState.Ending;
import dev.fovea.rollout.RolloutState.Paused;
import dev.fovea.rollout.evidence.TrialSums;
import dev.fovea.rollout.policy.RolloutPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A rollout with its state; immutable. All transitions are methods here, and refuse what makes no sense.
 *
 * @param id sorts by time
 * @param candidate that may become production
 * @param production the version that it is compared with
 */
public record StagedRollout(
        String id,
        VersionId candidate,
        int production,
        RolloutPolicy policy,
        RolloutStart start,
        RolloutState state,
        RolloutEvidence evidence) {

    /** A new one, in its first step. */
    public static StagedRollout started(
            String id, VersionId candidate, int production, RolloutPolicy policy, RolloutStart start) {
        return new StagedRollout(
                id,
                candidate,
                production,
                policy,
                start,
                new Advancing(0, Duration.ZERO),
                RolloutEvidence.none(policy));
    }

    /** Who changes the registry for it, for the audit trail. */
    public String actor() {
        return "rollout " + id;
    }

    /** The model's name. */
    public String model() {
        return candidate.model();
    }

    /** Whether it still controls traffic. */
    public boolean underWay() {
        return state.underWay();
    }

    /** The candidate's share of the traffic, in percent; empty when it is decided. */
    public Optional<Double> percent() {
        return switch (state) {
            case Advancing(int step, Duration ignored) ->
                Optional.of(policy.steps().get(step).percent());
            case Paused paused -> Optional.of(policy.steps().get(paused.step()).percent());
            case Ending ignored -> Optional.empty();
            case Ended ignored -> Optional.empty();
        };
    }

    /**
     * With what was counted so far, and with what follows from it.
     *
     * @param sums since the start, of all servers
     * @param passed since the last look, while a server controlled it
     */
    public StagedRollout looked(TrialSums sums, Duration passed) {
        return switch (state) {
            case Advancing(int step, Duration elapsed) ->
                new RolloutDecision(with(evidence.looked(policy, sums)), step, elapsed.plus(passed)).decided();
            case Paused paused ->
                new RolloutDecision(with(evidence.looked(policy, sums)), paused.step(), paused.elapsed())
                        .guarded()
                        .orElseGet(() -> with(evidence.looked(policy, sums)));
            case Ending ignored -> this;
            case Ended ignored -> this;
        };
    }

    /** Index of the share that comes next; of the last one where nothing comes. */
    public int nextShare() {
        return switch (state) {
            case Advancing(int step, Duration ignored) -> step;
            case Paused paused -> paused.step();
            case Ending ignored -> policy.trials() - 1;
            case Ended ignored -> policy.trials() - 1;
        };
    }

    /** What the guards lack for the next step. */
    public List<GuardNeed> needs() {
        return new RolloutDecision(this, nextShare(), Duration.ZERO).lacking();
    }

    /** In the next step. */
    StagedRollout inStep(int step) {
        return with(new Advancing(step, Duration.ZERO)).with(evidence.next(policy));
    }

    /** Without going on to the next step. */
    StagedRollout paused(String who) {
        return switch (state) {
            case Advancing(int step, Duration elapsed) -> with(new Paused(step, elapsed, who));
            case Paused ignored -> this;
            case Ending(RolloutOutcome outcome) -> throw over("paused", outcome);
            case Ended(RolloutOutcome outcome, Instant ignored) -> throw over("paused", outcome);
        };
    }

    /** Going on after a pause. */
    StagedRollout resumed() {
        return switch (state) {
            case Advancing ignored -> this;
            case Paused paused -> with(new Advancing(paused.step(), paused.elapsed()));
            case Ending(RolloutOutcome outcome) -> throw over("resumed", outcome);
            case Ended(RolloutOutcome outcome, Instant ignored) -> throw over("resumed", outcome);
        };
    }

    /** Decided by a person or by evidence. */
    StagedRollout decided(RolloutOutcome outcome) {
        return switch (state) {
            case Advancing ignored -> with(new Ending(outcome));
            case Paused ignored -> with(new Ending(outcome));
            case Ending(RolloutOutcome before) -> throw over(verb(outcome), before);
            case Ended(RolloutOutcome before, Instant ignored) -> throw over(verb(outcome), before);
        };
    }

    /** Decided otherwise, because the registry refused what was decided. */
    StagedRollout failed(RolloutOutcome.Undecided outcome) {
        return state instanceof Ending ? with(new Ending(outcome)) : this;
    }

    /** Over, since the registry has followed or a person has changed traffic. */
    StagedRollout ended(RolloutOutcome outcome, Instant at) {
        return state instanceof Ended ? this : with(new Ended(outcome, at));
    }

    private static String verb(RolloutOutcome outcome) {
        return switch (outcome) {
            case RolloutOutcome.Promoted ignored -> "promoted";
            case RolloutOutcome.RolledBack ignored -> "rolled back";
            case RolloutOutcome.RolloutStopped ignored -> "stopped";
            case RolloutOutcome.Undecided ignored -> "ended";
        };
    }

    private FoveaException over(String what, RolloutOutcome outcome) {
        return new FoveaException(
                ErrorCode.STATE_CONFLICT,
                "The rollout of %s cannot be %s: it is %s (%s)."
                        .formatted(candidate, what, outcome.label(), outcome.reason()));
    }

    StagedRollout with(RolloutState other) {
        return new StagedRollout(id, candidate, production, policy, start, other, evidence);
    }

    StagedRollout with(RolloutEvidence other) {
        return new StagedRollout(id, candidate, production, policy, start, state, other);
    }
}
