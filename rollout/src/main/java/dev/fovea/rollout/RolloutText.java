package dev.fovea.rollout;

import dev.fovea.rollout.RolloutState.Advancing;
import dev.fovea.rollout.RolloutState.Ended;
import dev.fovea.rollout.RolloutState.Ending;
import dev.fovea.rollout.RolloutState.Paused;
import java.time.Duration;
import java.time.Instant;

/** The state of rollouts in words. */
public final class RolloutText {

    private RolloutText() {}

    /** One line. */
    public static String state(StagedRollout rollout) {
        return switch (rollout.state()) {
            case Advancing(int step, Duration ignored) ->
                "step %d of %d, %s %% of the traffic"
                        .formatted(step + 1, rollout.policy().steps().size(), percent(rollout));
            case Paused paused ->
                "paused by %s in step %d, %s %% of the traffic"
                        .formatted(paused.who(), paused.step() + 1, percent(rollout));
            case Ending(RolloutOutcome outcome) -> "%s: %s".formatted(outcome.label(), outcome.reason());
            case Ended(RolloutOutcome outcome, Instant ignored) ->
                "%s: %s".formatted(outcome.label(), outcome.reason());
        };
    }

    private static String percent(StagedRollout rollout) {
        double percent = rollout.percent().orElse(0.0);
        return percent == Math.rint(percent) ? "%.0f".formatted(percent) : "%s".formatted(percent);
    }
}
