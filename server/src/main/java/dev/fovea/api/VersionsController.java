package dev.fovea.api;

import dev.fovea.api.view.ModelViews;
import dev.fovea.api.view.Views;
import dev.fovea.edge.Caller;
import dev.fovea.registry.VersionExport;
import dev.fovea.serving.pool.Releases;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Versions are exported, archived, restored and deleted here, and whole models deleted. */
@RestController
public final class VersionsController {

    private static final String ZIP = "application/zip";

    private final Releases releases;
    private final VersionExport exports;
    private final ModelViews views;

    public VersionsController(Releases releases, VersionExport exports, ModelViews views) {
        this.releases = releases;
        this.exports = exports;
        this.views = views;
    }

    /** Why. */
    @Schema(name = "ArchiveRequest")
    record Reason(@Nullable String reason) {

        static String of(@Nullable Reason order) {
            return order == null || order.reason() == null ? "" : order.reason().strip();
        }
    }

    @PostMapping("/v1/models/{name}/versions/{version}/archive")
    @Operation(
            operationId = "archiveVersion",
            summary = "Set a version aside: not loaded, not listed by default, not promoted until it is restored",
            description =
                    "Refused while it is in production, the canary, what a rollback returns to, or used by a cascade. Nothing changes for one that is archived already.")
    Views.Model archive(
            @PathVariable String name,
            @PathVariable int version,
            @RequestBody(required = false) @Nullable Reason order,
            HttpServletRequest http) {
        releases.archive(name, version, Caller.of(http).author(), Reason.of(order));
        return views.model(name, false);
    }

    @PostMapping("/v1/models/{name}/versions/{version}/restore")
    @Operation(
            operationId = "restoreVersion",
            summary = "Take an archived version back; nothing changes for one that is not archived")
    Views.Model restore(
            @PathVariable String name,
            @PathVariable int version,
            @RequestBody(required = false) @Nullable Reason order,
            HttpServletRequest http) {
        releases.restore(name, version, Caller.of(http).author(), Reason.of(order));
        return views.model(name, false);
    }

    @DeleteMapping("/v1/models/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "deleteModel",
            summary = "Delete a model with all its versions, evaluations, tunings and bundles for good",
            description =
                    "Refused while a version is in production, unless force is true, and while a cascade or fallback of another model uses it. Requests for the model get 404 from then on.")
    void deleteAll(
            @PathVariable String name,
            @Parameter(description = "Delete it although it serves") @RequestParam(defaultValue = "false")
                    boolean force,
            @RequestParam(defaultValue = "") String reason,
            HttpServletRequest http) {
        releases.deleteAll(name, force, Caller.of(http).author(), reason.strip());
    }

    @DeleteMapping("/v1/models/{name}/versions/{version}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "deleteVersion",
            summary =
                    "Delete a version for good; refused while it is in production, the canary, what a rollback returns to, or used by a cascade or fallback")
    void delete(
            @PathVariable String name,
            @PathVariable int version,
            @RequestParam(defaultValue = "") String reason,
            HttpServletRequest http) {
        releases.delete(name, version, Caller.of(http).author(), reason.strip());
    }

    /** HEAD checks the bundle, writes nothing and leaves no entry on the audit trail. */
    @GetMapping("/v1/models/{name}/versions/{version}/export")
    @Operation(
            operationId = "exportVersion",
            summary = "The version's bundle as one zip file",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "OK",
                            content = @Content(mediaType = ZIP, schema = @Schema(type = "string", format = "binary"))))
    void export(
            @PathVariable String name,
            @PathVariable int version,
            @RequestParam(defaultValue = "") String reason,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        VersionExport.Export export = exports.open(name, version);
        boolean head = request.getMethod().equals("HEAD");
        if (!head) {
            exports.record(export, Caller.of(request).author(), reason.strip(), "over HTTP");
        }
        response.setContentType(ZIP);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"%s\"".formatted(export.fileName()));
        if (!head) {
            export.write(response.getOutputStream());
        }
    }
}
