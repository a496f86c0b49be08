package dev.fovea.api;

import dev.fovea.api.view.ShadowViews;
import dev.fovea.edge.Caller;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.monitoring.accuracy.LabelQueue;
import dev.fovea.pipeline.retention.LabelRequests;
import dev.fovea.registry.VersionId;
import dev.fovea.serving.shadow.Shadow;
import dev.fovea.serving.shadow.ShadowTraffic;
import dev.fovea.serving.shadow.Shadows;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Versions that predict production's images without answering anyone. */
@RestController
public final class ShadowController {

    private static final String SHADOW = "/v1/models/{name}/shadow";
    private static final int MAX_PAGE = 500;
    private static final int USUAL_LABELS = 50;

    private final Shadows shadows;
    private final ShadowTraffic traffic;
    private final LabelRequests labels;

    public ShadowController(Shadows shadows, ShadowTraffic traffic, LabelRequests labels) {
        this.labels = labels;
        this.shadows = shadows;
        this.traffic = traffic;
    }

    /** Which version, how much it sees, and what is kept. */
    @Schema(name = "ShadowRequest")
    record ShadowOrder(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            Integer version,

            @Nullable Double percent,

            ShadowViews.@Nullable KeptImagesView images) {}

    @GetMapping(SHADOW)
    @Operation(operationId = "getShadow", summary = "The version in shadow, and how it compares with production")
    ShadowViews.ShadowView shadow(@PathVariable String name) {
        return view(shadows.status(name));
    }

    @PutMapping(SHADOW)
    @Operation(
            operationId = "startShadow",
            summary = "Validate a version and let it predict production's images without answering anyone",
            description =
                    "percent is the share of the requests, 100 by default. images keeps those with different predictions in a data set, for labelling.")
    ShadowViews.ShadowView start(@PathVariable String name, @RequestBody ShadowOrder order, HttpServletRequest http) {
        if (order.version() == null) {
            throw new FoveaException(ErrorCode.ARGUMENT_INVALID, "The field \"version\" is missing from the body.");
        }
        Shadow _ = shadows.start(
                new VersionId(name, order.version()),
                order.percent() == null ? 100 : order.percent(),
                Optional.ofNullable(order.images()).map(kept -> new Shadow.KeptImages(kept.dataset(), kept.max())),
                Caller.of(http).author());
        return view(shadows.status(name));
    }

    @DeleteMapping(SHADOW)
    @Operation(operationId = "stopShadow", summary = "End the shadow and remove its results; kept images stay")
    ShadowViews.ShadowView stop(@PathVariable String name) {
        return view(shadows.stop(name));
    }

    @GetMapping(SHADOW + "/differences")
    @Operation(
            operationId = "listShadowDifferences",
            summary = "Images with different predictions, the greatest difference first")
    ShadowViews.DifferencePage differences(
            @PathVariable String name,
            @Parameter(description = "Differences per page, 1 to 500") @RequestParam(defaultValue = "50") int limit,
            @Parameter(description = "Differences to skip") @RequestParam(defaultValue = "0") int offset) {
        if (limit < 1 || limit > MAX_PAGE || offset < 0) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "\"limit\" is %d and \"offset\" %d; they must be from 1 to %d, and not negative."
                            .formatted(limit, offset, MAX_PAGE));
        }
        return new ShadowViews.DifferencePage(shadows.differences(name, limit, offset).stream()
                .map(ShadowViews::of)
                .toList());
    }

    /** How many differences to send, 50 without it. */
    @Schema(name = "ShadowLabelRequest")
    record LabelOrder(@Nullable Integer limit) {}

    @PostMapping(SHADOW + "/label")
    @Operation(
            operationId = "labelShadowDifferences",
            summary = "Put the images with the greatest differences first in the labelling queue of their data set",
            description =
                    "Images are there when the shadow keeps them, or the model's retention policy did. What people say becomes truth for the requests.")
    LabelQueue.QueuedPicks label(@PathVariable String name, @RequestBody LabelOrder order) {
        return labels.sendDifferences(shadows, name, order.limit() == null ? USUAL_LABELS : order.limit());
    }

    private ShadowViews.ShadowView view(Shadows.ShadowStatus status) {
        return ShadowViews.of(status, traffic.problem(status.shadow().model()));
    }
}
