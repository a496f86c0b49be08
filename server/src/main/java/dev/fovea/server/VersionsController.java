package dev.fovea.server;

import dev.fovea.registry.VersionExport;
import dev.fovea.serving.Releases;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Versions are exported and deleted here. */
@RestController
final class VersionsController {

    private static final String WHO = "api";
    private static final String ZIP = "application/zip";

    private final Releases releases;
    private final VersionExport exports;

    VersionsController(Releases releases, VersionExport exports) {
        this.releases = releases;
        this.exports = exports;
    }

    @DeleteMapping("/v1/models/{name}/versions/{version}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "deleteVersion",
            summary =
                    "Delete a version for good; refused while it is in production, the canary, what a rollback returns to, or used by a cascade or fallback")
    void delete(@PathVariable String name, @PathVariable int version, @RequestParam(defaultValue = "") String reason) {
        releases.delete(name, version, WHO, reason.strip());
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
            exports.record(export, WHO, reason.strip(), "over HTTP");
        }
        response.setContentType(ZIP);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"%s\"".formatted(export.fileName()));
        if (!head) {
            export.write(response.getOutputStream());
        }
    }
}
