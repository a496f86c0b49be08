package dev.fovea.api.accuracy;

import dev.fovea.api.data.Required;
import dev.fovea.monitoring.accuracy.AccuracyCourse;
import dev.fovea.monitoring.accuracy.AccuracyReport;
import dev.fovea.monitoring.accuracy.AccuracyWindow;
import dev.fovea.monitoring.accuracy.LabelPlanList;
import dev.fovea.monitoring.accuracy.LabelPlanReport;
import dev.fovea.monitoring.accuracy.LabelPlanning;
import dev.fovea.monitoring.accuracy.LiveAccuracy;
import dev.fovea.registry.Registry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How right a version is in production. */
@RestController
public final class AccuracyController {

    private final Registry registry;
    private final LiveAccuracy accuracy;
    private final LabelPlanning planning;
    private final Clock clock;

    public AccuracyController(Registry registry, LiveAccuracy accuracy, LabelPlanning planning, Clock clock) {
        this.planning = planning;
        this.registry = registry;
        this.accuracy = accuracy;
        this.clock = clock;
    }

    @GetMapping("/v1/models/{name}/accuracy")
    @Operation(
            operationId = "getAccuracy",
            summary = "How right a version is in production: estimated from confidence, and known from labels",
            description =
                    "The verdict says it in words. Without a version, that of production. The estimate states whether to trust it.")
    AccuracyReport accuracy(
            @PathVariable String name,
            @Parameter(description = "The version; without it the one in production")
                    @RequestParam(required = false)
                    @Nullable
                    Integer version,
            @Parameter(description = "How many days back, 1 to 365") @RequestParam(defaultValue = "7") int days) {
        return accuracy.report(
                AccuracyWindow.version(registry.model(name), version), AccuracyWindow.of(days, clock.instant()));
    }

    @GetMapping("/v1/models/{name}/accuracy/course")
    @Operation(
            operationId = "getAccuracyCourse",
            summary = "How right a version was on each day, estimated and known",
            description = "Days in UTC that have predictions. Each is judged by its own predictions and labels.")
    AccuracyCourse course(
            @PathVariable String name,
            @Parameter(description = "The version; without it the one in production")
                    @RequestParam(required = false)
                    @Nullable
                    Integer version,
            @Parameter(description = "How many days back, 1 to 365") @RequestParam(defaultValue = "7") int days) {
        return accuracy.course(
                AccuracyWindow.version(registry.model(name), version), AccuracyWindow.of(days, clock.instant()));
    }

    @GetMapping("/v1/models/{name}/accuracy/plans")
    @Operation(
            operationId = "getLabelPlans",
            summary = "The label plans of a version, and what became of them",
            description = "The newest first. Its accuracy is known from the newest one with enough labels.")
    LabelPlanList plans(
            @PathVariable String name,
            @Parameter(description = "The version; without it the one in production")
                    @RequestParam(required = false)
                    @Nullable
                    Integer version) {
        return planning.plans(AccuracyWindow.version(registry.model(name), version));
    }

    /**
     * What precision is wanted.
     *
     * @param within half of the 95 % interval in percentage points, 0.1 to 25
     * @param version without it the one in production
     * @param days how many days back, 7 without it
     */
    @Schema(name = "LabelPlanRequest")
    record PlanOrder(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            Double within,

            @Nullable Integer version,
            @Nullable Integer days) {}

    @PostMapping("/v1/models/{name}/accuracy/plan")
    @Operation(
            operationId = "planLabels",
            summary = "Draw the predictions to label so that accuracy is known to a precision",
            description =
                    "Unsure predictions are drawn more often, and count less for it. A plan of the same days is extended.")
    LabelPlanReport plan(@PathVariable String name, @RequestBody PlanOrder order) {
        return planning.plan(
                AccuracyWindow.version(registry.model(name), order.version()),
                AccuracyWindow.of(order.days() == null ? 7 : order.days(), clock.instant()),
                Required.field("within", order.within()) / 100);
    }
}
