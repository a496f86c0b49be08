package dev.fovea.api.view;

import dev.fovea.json.DurationText;
import dev.fovea.rollout.GuardNeed;
import dev.fovea.rollout.RolloutEvidence;
import dev.fovea.rollout.RolloutOutcome;
import dev.fovea.rollout.RolloutState;
import dev.fovea.rollout.StagedRollout;
import dev.fovea.rollout.evidence.GuardEstimate;
import dev.fovea.rollout.evidence.GuardPlan;
import dev.fovea.rollout.evidence.GuardPoint;
import dev.fovea.rollout.evidence.GuardProgress;
import dev.fovea.rollout.policy.Guard;
import dev.fovea.rollout.policy.RolloutPolicy;
import dev.fovea.rollout.policy.RolloutStep;
import dev.fovea.statistics.Interval;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** What the API shows of staged rollouts. */
public final class RolloutViews {

    private RolloutViews() {}

    /**
     * A rollout.
     *
     * @param candidate that may become production
     * @param production that it is compared with
     * @param progress where it is
     * @param outcome how it ended
     * @param guards what they show
     */
    @Schema(name = "Rollout")
    public record RolloutView(
            String id,
            int candidate,
            int production,
            RolloutStartView start,
            RolloutProgressView progress,
            Optional<RolloutOutcomeView> outcome,
            List<GuardView> guards,
            RolloutPolicyView policy) {}

    /** Who started it, when and why. */
    @Schema(name = "RolloutStart")
    public record RolloutStartView(String at, String by, String reason) {}

    /**
     * Where it is.
     *
     * @param state running, paused, ending or ended
     * @param step from 1; empty when it is decided
     * @param percent the candidate's share of the traffic
     * @param elapsed time in the step
     * @param pausedBy who paused it
     */
    @Schema(name = "RolloutProgress")
    public record RolloutProgressView(
            String state,
            Optional<Integer> step,
            Optional<Double> percent,
            Optional<String> elapsed,
            Optional<String> pausedBy) {}

    /**
     * How it ended.
     *
     * @param decision promoted, rolled-back, stopped or undecided
     * @param by the person that decided; empty by evidence
     * @param at when; empty while traffic follows
     * @param guard that was crossed
     * @param needed what it would have taken
     */
    @Schema(name = "RolloutOutcome")
    public record RolloutOutcomeView(
            String decision,
            String reason,
            Optional<String> by,
            Optional<String> at,
            Optional<String> guard,
            List<String> needed) {}

    /**
     * What a guard shows.
     *
     * @param candidate the metric's value of the candidate
     * @param reference of production, or the limit
     * @param images of the candidate that count
     * @param rollback evidence for a rollback, as a share of what it takes; 1 rolls back
     * @param next evidence for the next step, as a share of what it takes; all guards at 1 take it
     * @param needed what it lacks for the next step
     * @param course how the metric went, with 95 % intervals that hold at every look
     */
    @Schema(name = "RolloutGuard")
    public record GuardView(
            String name,
            Optional<Double> candidate,
            Optional<Double> reference,
            long images,
            double rollback,
            double next,
            Optional<String> needed,
            List<GuardPointView> course) {}

    /**
     * What a guard's metric was after some images of the candidate.
     *
     * @param candidate empty before there are enough values
     * @param reference of production; empty with a limit
     */
    @Schema(name = "RolloutGuardPoint")
    public record GuardPointView(long images, Optional<Interval> candidate, Optional<Interval> reference) {}

    /** Steps, guards and how often it may decide wrongly. */
    @Schema(name = "RolloutPolicy")
    public record RolloutPolicyView(
            List<RolloutStepView> steps, List<GuardPolicyView> guards, double wrongPromotion, double wrongRollback) {}

    /** A step. */
    @Schema(name = "RolloutStep")
    public record RolloutStepView(double percent, String least, String most) {}

    /** A guard as it was stated. */
    @Schema(name = "RolloutGuardPolicy")
    public record GuardPolicyView(
            String metric,
            Optional<String> figure,
            double margin,
            Optional<Double> limit,
            String worse,
            Optional<List<Double>> range) {}

    /** Rollouts, newest first. */
    @Schema(name = "RolloutPage")
    public record RolloutPage(List<RolloutView> rollouts) {}

    public static RolloutView of(StagedRollout rollout) {
        return new RolloutView(
                rollout.id(),
                rollout.candidate().version(),
                rollout.production(),
                new RolloutStartView(
                        rollout.start().at().toString(),
                        rollout.start().who(),
                        rollout.start().reason()),
                progress(rollout),
                outcome(rollout.state()),
                guards(rollout),
                policy(rollout.policy()));
    }

    private static RolloutProgressView progress(StagedRollout rollout) {
        return switch (rollout.state()) {
            case RolloutState.Advancing(int step, Duration elapsed) ->
                new RolloutProgressView(
                        "running",
                        Optional.of(step + 1),
                        rollout.percent(),
                        Optional.of(DurationText.of(elapsed)),
                        Optional.empty());
            case RolloutState.Paused(int step, Duration elapsed, String who) ->
                new RolloutProgressView(
                        "paused",
                        Optional.of(step + 1),
                        rollout.percent(),
                        Optional.of(DurationText.of(elapsed)),
                        Optional.of(who));
            case RolloutState.Ending ignored -> decided("ending");
            case RolloutState.Ended ignored -> decided("ended");
        };
    }

    private static RolloutProgressView decided(String state) {
        return new RolloutProgressView(state, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Optional<RolloutOutcomeView> outcome(RolloutState state) {
        return switch (state) {
            case RolloutState.Advancing ignored -> Optional.empty();
            case RolloutState.Paused ignored -> Optional.empty();
            case RolloutState.Ending(RolloutOutcome outcome) -> Optional.of(view(outcome, Optional.empty()));
            case RolloutState.Ended(RolloutOutcome outcome, Instant at) ->
                Optional.of(view(outcome, Optional.of(at.toString())));
        };
    }

    private static RolloutOutcomeView view(RolloutOutcome outcome, Optional<String> at) {
        return switch (outcome) {
            case RolloutOutcome.Promoted(Optional<String> who, String reason) ->
                new RolloutOutcomeView(outcome.label(), reason, who, at, Optional.empty(), List.of());
            case RolloutOutcome.RolledBack(String reason, Optional<String> guard) ->
                new RolloutOutcomeView(outcome.label(), reason, Optional.empty(), at, guard, List.of());
            case RolloutOutcome.RolloutStopped(String who, String reason) ->
                new RolloutOutcomeView(outcome.label(), reason, Optional.of(who), at, Optional.empty(), List.of());
            case RolloutOutcome.Undecided(String reason, List<GuardNeed> needed) ->
                new RolloutOutcomeView(
                        outcome.label(),
                        reason,
                        Optional.empty(),
                        at,
                        Optional.empty(),
                        needed.stream().map(GuardNeed::text).toList());
        };
    }

    private static List<GuardView> guards(StagedRollout rollout) {
        RolloutPolicy policy = rollout.policy();
        List<GuardPlan> plans = RolloutEvidence.plans(policy);
        List<GuardNeed> needs = rollout.needs();
        List<GuardView> views = new ArrayList<>();
        for (int i = 0; i < plans.size(); i++) {
            GuardPlan plan = plans.get(i);
            GuardProgress progress = rollout.evidence().guards().get(i);
            GuardEstimate estimate = progress.all().estimate(plan);
            String name = plan.guard().name();
            views.add(new GuardView(
                    name,
                    boxed(estimate.candidate()),
                    boxed(estimate.reference()),
                    estimate.images(),
                    share(progress.logWorse(plan, policy.trials()) / policy.logRollback()),
                    share(progress.next(plan, rollout.nextShare(), policy.logPromotion())),
                    needs.stream()
                            .filter(need -> need.guard().equals(name))
                            .map(GuardNeed::text)
                            .findFirst(),
                    course(progress, plan)));
        }
        return views;
    }

    /** The points that were kept, and what it shows now. */
    private static List<GuardPointView> course(GuardProgress progress, GuardPlan plan) {
        GuardPoint now = GuardPoint.of(plan, progress.all());
        return Stream.concat(
                        progress.course().stream().filter(point -> point.images() < now.images()),
                        Stream.of(now).filter(point -> point.images() > 0))
                .map(point -> new GuardPointView(
                        point.images(),
                        point.intervals().candidate(),
                        point.intervals().reference()))
                .toList();
    }

    private static double share(double value) {
        return Math.round(1000 * Math.clamp(value, 0, 1)) / 1000.0;
    }

    private static Optional<Double> boxed(OptionalDouble value) {
        return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
    }

    /** A policy, as it may be sent back. */
    public static RolloutPolicyView policy(RolloutPolicy policy) {
        return new RolloutPolicyView(
                policy.steps().stream().map(RolloutViews::step).toList(),
                policy.guards().stream().map(RolloutViews::guard).toList(),
                policy.errors().promotion(),
                policy.errors().rollback());
    }

    private static RolloutStepView step(RolloutStep step) {
        return new RolloutStepView(step.percent(), DurationText.of(step.least()), DurationText.of(step.most()));
    }

    private static GuardPolicyView guard(Guard guard) {
        return new GuardPolicyView(
                guard.metric().name().toLowerCase(Locale.ROOT),
                guard.figure(),
                guard.margin(),
                guard.limit(),
                guard.side().name().toLowerCase(Locale.ROOT),
                guard.range().map(range -> List.of(range.low(), range.high())));
    }
}
