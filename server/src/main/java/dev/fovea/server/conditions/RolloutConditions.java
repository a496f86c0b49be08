package dev.fovea.server.conditions;

import dev.fovea.alerts.AlertKind;
import dev.fovea.alerts.Condition;
import dev.fovea.alerts.ConditionSource;
import dev.fovea.alerts.Severity;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Registry;
import dev.fovea.rollout.RolloutOutcome;
import dev.fovea.rollout.RolloutState;
import dev.fovea.rollout.Rollouts;
import dev.fovea.rollout.StagedRollout;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Rollouts that ended within a day, as conditions of alerts; all servers of a home say the same. Used by one thread.
 */
public final class RolloutConditions implements ConditionSource {

    private static final Duration RECENTLY = Duration.ofDays(1);

    /** Between two looks into the database. */
    private static final Duration EVERY = Duration.ofSeconds(15);

    private final Registry registry;
    private final Rollouts rollouts;
    private final InstantSource clock;
    private Instant next = Instant.MIN;
    private List<Condition> last = List.of();

    public RolloutConditions(Registry registry, Rollouts rollouts, InstantSource clock) {
        this.registry = registry;
        this.rollouts = rollouts;
        this.clock = clock;
    }

    @Override
    public String prefix() {
        return "rollout/";
    }

    @Override
    public List<Condition> holding() {
        Instant now = clock.instant();
        if (!now.isBefore(next)) {
            next = now.plus(EVERY);
            last = registry.models().stream()
                    .map(RegisteredModel::name)
                    .flatMap(model -> rollouts.list(model, 1).stream())
                    .flatMap(rollout -> ended(rollout, now).stream())
                    .toList();
        }
        return last;
    }

    private Optional<Condition> ended(StagedRollout rollout, Instant now) {
        return rollout.state() instanceof RolloutState.Ended(RolloutOutcome outcome, Instant at)
                        && now.isBefore(at.plus(RECENTLY))
                ? Optional.of(condition(rollout, outcome, at))
                : Optional.empty();
    }

    private Condition condition(StagedRollout rollout, RolloutOutcome outcome, Instant at) {
        return new Condition(
                prefix() + rollout.id(),
                Optional.of(rollout.model()),
                AlertKind.ROLLOUT,
                severity(outcome),
                title(rollout, outcome),
                outcome.reason(),
                Optional.of("/#/models/%s/rollout".formatted(rollout.model())),
                at);
    }

    private static String title(StagedRollout rollout, RolloutOutcome outcome) {
        return switch (outcome) {
            case RolloutOutcome.Promoted _ -> rollout.candidate() + " was promoted";
            case RolloutOutcome.RolledBack _ -> rollout.candidate() + " was rolled back";
            case RolloutOutcome.RolloutStopped stopped ->
                "%s stopped the rollout of %s, and production has all traffic again"
                        .formatted(stopped.who(), rollout.candidate());
            case RolloutOutcome.Undecided _ ->
                rollout.candidate() + " was not decided about, and production has all traffic again";
        };
    }

    private static Severity severity(RolloutOutcome outcome) {
        return switch (outcome) {
            case RolloutOutcome.Promoted _, RolloutOutcome.RolloutStopped _ -> Severity.INFO;
            case RolloutOutcome.RolledBack _, RolloutOutcome.Undecided _ -> Severity.WARNING;
        };
    }
}
