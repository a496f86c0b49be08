package dev.fovea.rollout.policy;

import dev.fovea.json.DurationText;
import dev.fovea.statistics.Require;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * A share of the traffic and how long the candidate has it.
 *
 * @param percent above 0, up to 100; at 100 the candidate is in production, and the rollout ends
 * @param least before the next step, whatever the evidence
 * @param most without enough evidence for the next step; then the rollout ends undecided
 */
public record RolloutStep(double percent, Duration least, Duration most) {

    public RolloutStep {
        Require.that(percent >= 0.01 && percent <= 100, "A step of %s %% is not possible; give 0.01 to 100.", percent);
        Require.that(
                !least.isNegative() && least.compareTo(most) < 0,
                "The step of %s %% lasts from %s to %s; the most must be longer than the least.",
                BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString(),
                DurationText.typed(least),
                DurationText.typed(most));
    }

    /** As a share of all traffic. */
    public double share() {
        return percent / 100;
    }
}
