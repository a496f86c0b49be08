package dev.fovea.api.view;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import dev.fovea.json.DurationText;
import dev.fovea.rollout.policy.DecisionErrors;
import dev.fovea.rollout.policy.Guard;
import dev.fovea.rollout.policy.GuardText;
import dev.fovea.rollout.policy.RolloutPolicy;
import dev.fovea.rollout.policy.RolloutStep;
import dev.fovea.rollout.policy.ValueRange;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rollouts as they are requested over HTTP. */
public final class RolloutOrders {

    private RolloutOrders() {}

    /** A rollout to start. */
    @Schema(name = "RolloutRequest")
    public record RolloutOrder(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            Integer version,

            @Nullable List<StepOrder> steps,
            @Nullable List<GuardOrder> guards,
            @Nullable Double wrongPromotion,
            @Nullable Double wrongRollback,
            @Nullable String reason) {

        /** The version; {@code ARGUMENT_INVALID} where it is missing. */
        public int candidate() {
            return required("version", version);
        }

        /** The policy; {@code ARGUMENT_INVALID} names what is wrong with it. */
        public RolloutPolicy policy() {
            RolloutPolicy usual = RolloutPolicy.USUAL;
            return new RolloutPolicy(
                    steps == null
                            ? usual.steps()
                            : steps.stream().map(StepOrder::step).toList(),
                    guards == null
                            ? usual.guards()
                            : guards.stream().map(GuardOrder::guard).toList(),
                    new DecisionErrors(
                            wrongPromotion == null ? usual.errors().promotion() : wrongPromotion,
                            wrongRollback == null ? usual.errors().rollback() : wrongRollback));
        }
    }

    /** A step. */
    @Schema(name = "RolloutStepRequest")
    public record StepOrder(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            Double percent,

            @Nullable String least,
            @Nullable String most) {

        RolloutStep step() {
            RolloutStep usual = RolloutPolicy.USUAL.steps().getFirst();
            return new RolloutStep(
                    required("steps.percent", percent),
                    least == null ? usual.least() : duration("least", least),
                    most == null ? usual.most() : duration("most", most));
        }

        private static Duration duration(String field, String text) {
            return DurationText.parse(text)
                    .orElseThrow(() -> new FoveaException(
                            ErrorCode.ARGUMENT_INVALID,
                            "The field \"steps.%s\" is \"%s\"; give a duration such as 30s, 5m or 2h."
                                    .formatted(field, Printable.brief(text))));
        }
    }

    /** A guard. */
    @Schema(name = "RolloutGuardRequest")
    public record GuardOrder(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String metric,

            @Nullable String figure,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            Double margin,

            @Nullable Double limit,
            @Nullable String worse,
            @Nullable List<Double> range) {

        Guard guard() {
            return new Guard(
                    GuardText.metric(required("guards.metric", metric)),
                    Optional.ofNullable(figure),
                    required("guards.margin", margin),
                    Optional.ofNullable(limit),
                    Optional.ofNullable(worse).map(GuardText::side),
                    Optional.ofNullable(range).map(GuardOrder::ends));
        }

        private static ValueRange ends(List<Double> range) {
            if (range.size() != 2) {
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "The field \"guards.range\" has %d numbers; give the least and the greatest value."
                                .formatted(range.size()));
            }
            return new ValueRange(range.getFirst(), range.getLast());
        }
    }

    private static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "The field \"%s\" is missing from the body.".formatted(field));
        }
        return value;
    }
}
