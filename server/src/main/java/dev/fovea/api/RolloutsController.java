package dev.fovea.api;

import dev.fovea.api.view.RolloutOrders;
import dev.fovea.api.view.RolloutViews;
import dev.fovea.edge.Caller;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.VersionId;
import dev.fovea.rollout.Rollouts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Staged rollouts that are decided by evidence. */
@RestController
public final class RolloutsController {

    private static final String ROLLOUT = "/v1/models/{name}/rollout";
    private static final int MAX_PAGE = 100;

    private final Rollouts rollouts;

    public RolloutsController(Rollouts rollouts) {
        this.rollouts = rollouts;
    }

    /** Why. */
    @Schema(name = "RolloutReasonRequest")
    record RolloutReason(@Nullable String reason) {

        static String of(@Nullable RolloutReason order) {
            return order == null || order.reason() == null ? "" : order.reason().strip();
        }
    }

    @GetMapping(ROLLOUT)
    @Operation(operationId = "getRollout", summary = "The rollout under way, else the last one")
    RolloutViews.RolloutView rollout(@PathVariable String name) {
        return RolloutViews.of(rollouts.latest(name));
    }

    @GetMapping("/v1/models/{name}/rollouts")
    @Operation(operationId = "listRollouts", summary = "Rollouts of a model, newest first")
    RolloutViews.RolloutPage rollouts(
            @PathVariable String name,
            @Parameter(description = "Rollouts to show, 1 to 100") @RequestParam(defaultValue = "20") int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "\"limit\" is %d; it must be from 1 to %d.".formatted(limit, MAX_PAGE));
        }
        return new RolloutViews.RolloutPage(
                rollouts.list(name, limit).stream().map(RolloutViews::of).toList());
    }

    @PostMapping(ROLLOUT)
    @Operation(
            operationId = "startRollout",
            summary = "Give a version a growing share of the traffic, and promote it or roll it back by evidence",
            description =
                    "What is left out of the body is 1, 5, 25, 50 and 100 % of the traffic with 5 minutes to a day per step, and guards on errors, p99 and confidence. Of candidates that are worse by a margin at most the share wrong_promotion is promoted; of those that are not worse at most wrong_rollback is rolled back.")
    RolloutViews.RolloutView start(
            @PathVariable String name, @RequestBody RolloutOrders.RolloutOrder order, HttpServletRequest http) {
        return RolloutViews.of(rollouts.start(
                new VersionId(name, order.candidate()),
                order.policy(),
                Caller.of(http).author(),
                RolloutReason.of(new RolloutReason(order.reason()))));
    }

    @PostMapping(ROLLOUT + "/pause")
    @Operation(
            operationId = "pauseRollout",
            summary = "Keep the candidate's share as it is; a guard that is crossed still rolls back")
    RolloutViews.RolloutView pause(@PathVariable String name, HttpServletRequest http) {
        return RolloutViews.of(rollouts.pause(name, Caller.of(http).author()));
    }

    @PostMapping(ROLLOUT + "/resume")
    @Operation(operationId = "resumeRollout", summary = "Go on after a pause")
    RolloutViews.RolloutView resume(@PathVariable String name) {
        return RolloutViews.of(rollouts.resume(name));
    }

    @PostMapping(ROLLOUT + "/promote")
    @Operation(operationId = "promoteRollout", summary = "Promote the candidate now, without further evidence")
    RolloutViews.RolloutView promote(
            @PathVariable String name,
            @RequestBody(required = false) @Nullable RolloutReason order,
            HttpServletRequest http) {
        return RolloutViews.of(rollouts.promote(name, Caller.of(http).author(), RolloutReason.of(order)));
    }

    @PostMapping(ROLLOUT + "/stop")
    @Operation(operationId = "stopRollout", summary = "End the rollout and give production all traffic again")
    RolloutViews.RolloutView stop(
            @PathVariable String name,
            @RequestBody(required = false) @Nullable RolloutReason order,
            HttpServletRequest http) {
        return RolloutViews.of(rollouts.stop(name, Caller.of(http).author(), RolloutReason.of(order)));
    }
}
