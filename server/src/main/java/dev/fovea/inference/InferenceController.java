package dev.fovea.inference;

import dev.fovea.config.ProgramVersion;
import dev.fovea.serving.pool.Predictor;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The Open Inference Protocol over HTTP, but for inference itself, which {@link InferHandler} serves. */
@Hidden
@RestController
public final class InferenceController {

    private static final String MODEL = "/v2/models/{model}";
    private static final String VERSION = "/v2/models/{model}/versions/{version}";
    private final InferenceCatalog catalog;
    private final Predictor predictor;
    private final Readiness readiness;
    private final InferenceBodies bodies;

    public InferenceController(
            InferenceCatalog catalog, Predictor predictor, Readiness readiness, InferenceBodies bodies) {
        this.catalog = catalog;
        this.predictor = predictor;
        this.readiness = readiness;
        this.bodies = bodies;
    }

    @GetMapping("/v2")
    ResponseEntity<byte[]> server() {
        return bodies.json(
                200,
                Map.of(
                        "name",
                        InferenceCatalog.SERVER,
                        "version",
                        ProgramVersion.current(),
                        "extensions",
                        InferenceCatalog.EXTENSIONS));
    }

    /** Tells the framework which method these paths have; {@link InferenceHealthHandler} has served it before. */
    @GetMapping({"/v2/health/live", "/v2/health/ready"})
    void health() {
        throw new IllegalStateException("the health handler serves this request");
    }

    @GetMapping({MODEL, VERSION})
    ResponseEntity<byte[]> metadata(@PathVariable String model, @PathVariable Optional<String> version) {
        return bodies.json(200, catalog.metadata(model, number(version)));
    }

    @GetMapping({MODEL + "/ready", VERSION + "/ready"})
    ResponseEntity<byte[]> modelReady(@PathVariable String model, @PathVariable Optional<String> version) {
        boolean ready = readiness.ofModel(model, number(version));
        return bodies.json(ready ? 200 : 503, Map.of("name", model, "ready", ready));
    }

    @GetMapping({MODEL + "/config", VERSION + "/config"})
    ResponseEntity<byte[]> configuration(@PathVariable String model, @PathVariable Optional<String> version) {
        return bodies.json(200, catalog.configuration(model, number(version)));
    }

    @GetMapping({MODEL + "/stats", VERSION + "/stats"})
    ResponseEntity<byte[]> statistics(@PathVariable String model, @PathVariable Optional<String> version) {
        return bodies.json(200, InferenceStatistics.of(catalog.statistics(Optional.of(model), number(version))));
    }

    @GetMapping("/v2/models/stats")
    ResponseEntity<byte[]> allStatistics() {
        return bodies.json(200, InferenceStatistics.of(catalog.statistics(Optional.empty(), Optional.empty())));
    }

    /** Tells the framework which method these paths have; {@link InferHandler} has served it before. */
    @PostMapping({MODEL + "/infer", VERSION + "/infer"})
    void infer() {
        throw new IllegalStateException("the infer handler serves this request");
    }

    @PostMapping({"/v2/repository/index", "/v2/repository/{repository}/index"})
    ResponseEntity<byte[]> index(HttpServletRequest request) throws IOException {
        return bodies.json(200, catalog.index(bodies.flag(request, "ready")));
    }

    @PostMapping({"/v2/repository/models/{model}/load", "/v2/repository/{repository}/models/{model}/load"})
    ResponseEntity<byte[]> load(@PathVariable String model) {
        predictor.models().load(model);
        return bodies.json(200, Map.of("name", model, "load", true));
    }

    @PostMapping({"/v2/repository/models/{model}/unload", "/v2/repository/{repository}/models/{model}/unload"})
    ResponseEntity<byte[]> unload(@PathVariable String model) {
        predictor.models().unload(model);
        return bodies.json(200, Map.of("name", model, "unload", true));
    }

    private static Optional<Integer> number(Optional<String> version) {
        return version.flatMap(OpenInferenceService::version);
    }
}
