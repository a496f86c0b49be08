package dev.fovea.api;

import dev.fovea.api.view.Views;
import dev.fovea.config.ProgramVersion;
import dev.fovea.edge.Caller;
import dev.fovea.registry.Registry;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What program this is. */
@RestController
public final class StatusController {

    private final Registry registry;
    private final Instant started;

    public StatusController(Registry registry, Instant started) {
        this.registry = registry;
        this.started = started;
    }

    @GetMapping("/v1/status")
    @Operation(operationId = "getStatus", summary = "The program")
    Views.StatusView status(HttpServletRequest http) {
        return new Views.StatusView(
                "fovea",
                ProgramVersion.current(),
                started,
                registry.models().size(),
                Caller.of(http).name());
    }
}
