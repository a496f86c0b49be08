package dev.fovea.cli.demo;

import dev.fovea.cli.shadow.ShadowText;
import dev.fovea.registry.VersionId;
import dev.fovea.rollout.RolloutOutcome;
import dev.fovea.rollout.RolloutState;
import dev.fovea.rollout.StagedRollout;
import dev.fovea.rollout.policy.DecisionErrors;
import dev.fovea.rollout.policy.GuardMetric;
import dev.fovea.rollout.policy.RolloutPolicy;
import dev.fovea.rollout.policy.RolloutStep;
import dev.fovea.server.ServingApplication;
import dev.fovea.serving.shadow.Shadows;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/** Brings the demo's candidate into production: first in shadow, then by a rollout that decides by evidence. */
final class DemoRollout {

    /** Images that the shadow should compare before the rollout. */
    private static final int COMPARED = 100;

    private static final int ROUND = 100;
    private static final int SHADOW_ROUNDS = 10;
    private static final int ROLLOUT_ROUNDS = 60;
    private static final Duration MOST = Duration.ofHours(1);

    /** Half of the traffic, then all; a plant would take more steps and more time. */
    private static final RolloutPolicy POLICY = new RolloutPolicy(
            List.of(new RolloutStep(50, Duration.ZERO, MOST), new RolloutStep(100, Duration.ZERO, MOST)),
            List.of(RolloutPolicy.guard(GuardMetric.ERRORS, 0.05), RolloutPolicy.guard(GuardMetric.CONFIDENCE, 0.1)),
            DecisionErrors.USUAL);

    private final ServingApplication application;
    private final VersionId candidate;
    private final String who;
    private final IntConsumer requests;

    /** @param requests sends so many requests */
    DemoRollout(ServingApplication application, VersionId candidate, String who, IntConsumer requests) {
        this.application = application;
        this.candidate = candidate;
        this.who = who;
        this.requests = requests;
    }

    /** How the candidate compares with production while it responds to nobody. */
    String shadow() {
        Shadows shadows = application.shadows();
        shadows.start(candidate, 100, Optional.empty(), who);
        for (int round = 0; round < SHADOW_ROUNDS && compared() < COMPARED; round++) {
            requests.accept(ROUND);
        }
        return ShadowText.verdict(shadows.stop(candidate.model()));
    }

    private long compared() {
        return application.shadows().status(candidate.model()).totals().compared();
    }

    /** Sends requests until the rollout is over. */
    StagedRollout rollout(String reason) {
        String model = candidate.model();
        StagedRollout rollout = application.rollouts().start(candidate, POLICY, who, reason);
        for (int round = 0; round < ROLLOUT_ROUNDS && rollout.underWay(); round++) {
            requests.accept(ROUND);
            rollout = application.rollouts().latest(model);
        }
        return rollout.underWay() ? application.rollouts().stop(model, who, "nothing was decided in time") : rollout;
    }

    /** Whether evidence and no person promoted it. */
    static boolean isPromoted(StagedRollout rollout) {
        return rollout.state() instanceof RolloutState.Ended(RolloutOutcome.Promoted promoted, var _)
                && promoted.who().isEmpty();
    }
}
