package dev.fovea.api;

import dev.fovea.api.view.ModelViews;
import dev.fovea.api.view.Views;
import dev.fovea.edge.Caller;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.monitoring.MetricsSnapshot;
import dev.fovea.monitoring.Recorder;
import dev.fovea.registry.Rollback;
import dev.fovea.serving.pool.Releases;
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

/** Models, their versions and where their traffic goes. */
@RestController
public final class ModelsController {

    private static final double NANOS_PER_MS = 1e6;

    private final ModelViews views;
    private final Releases releases;
    private final Recorder recorder;

    public ModelsController(ModelViews views, Releases releases, Recorder recorder) {
        this.views = views;
        this.releases = releases;
        this.recorder = recorder;
    }

    /** Which version, and why. */
    @Schema(name = "PromoteRequest")
    record PromotionRequest(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            Integer version,

            @Nullable String reason) {}

    /** Which version, how much of the traffic, and why. */
    @Schema(name = "CanaryRequest")
    record CanaryOrder(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            Integer version,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            Double percent,

            @Nullable String reason) {}

    /** Why. */
    @Schema(name = "RollbackRequest")
    record Reason(@Nullable String reason) {}

    @GetMapping("/v1/models")
    @Operation(operationId = "listModels", summary = "All models")
    Views.Models models(
            @Parameter(description = "List also models whose versions are all archived")
                    @RequestParam(defaultValue = "false")
                    boolean archived) {
        return views.models(archived);
    }

    @GetMapping("/v1/models/{name}")
    @Operation(operationId = "getModel", summary = "A model with its versions and its trail")
    Views.Model model(
            @PathVariable String name,
            @Parameter(description = "List archived versions, too") @RequestParam(defaultValue = "false")
                    boolean archived) {
        return views.model(name, archived);
    }

    @GetMapping("/v1/models/{name}/versions/{version}")
    @Operation(operationId = "getVersion", summary = "Everything about one version")
    Views.Version version(@PathVariable String name, @PathVariable int version) {
        return views.version(name, version);
    }

    @GetMapping("/v1/models/{name}/metrics")
    @Operation(operationId = "getMetrics", summary = "What monitoring has seen")
    MetricsSnapshot metrics(@PathVariable String name) {
        views.model(name, false);
        return recorder.snapshot(name);
    }

    @PostMapping("/v1/models/{name}/promote")
    @Operation(
            operationId = "promote",
            summary = "Validate a version and put it into production",
            description =
                    "When the version is in production already, nothing changes, unchanged is true and a canary goes on.")
    Views.PromotionResult promote(
            @PathVariable String name, @RequestBody PromotionRequest order, HttpServletRequest http) {
        int version = required("version", order.version());
        return views.promotion(
                version, releases.promote(name, version, Caller.of(http).author(), text(order.reason())));
    }

    @PostMapping("/v1/models/{name}/canary")
    @Operation(operationId = "canary", summary = "Send a share of the traffic to a version; 0 percent ends it")
    Views.Model canary(@PathVariable String name, @RequestBody CanaryOrder order, HttpServletRequest http) {
        releases.canary(
                name,
                required("version", order.version()),
                required("percent", order.percent()),
                Caller.of(http).author(),
                text(order.reason()));
        return views.model(name, false);
    }

    @PostMapping("/v1/models/{name}/rollback")
    @Operation(operationId = "rollback", summary = "Return to the production version before this one")
    Views.RollbackResult rollback(
            @PathVariable String name, @RequestBody(required = false) @Nullable Reason order, HttpServletRequest http) {
        long start = System.nanoTime();
        Rollback rollback =
                releases.rollback(name, Caller.of(http).author(), order == null ? "" : text(order.reason()));
        return views.rollback(rollback, (System.nanoTime() - start) / NANOS_PER_MS);
    }

    private static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "The field \"%s\" is missing from the body.".formatted(field));
        }
        return value;
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text.strip();
    }
}
