package dev.fovea.server;

import dev.fovea.edge.ManagementHandler.ManagementPage;
import dev.fovea.inference.Readiness;
import dev.fovea.serving.pool.HealthCheck;
import dev.fovea.serving.pool.ModelHealth;
import dev.fovea.serving.pool.ServedModels;
import dev.fovea.serving.pool.StalledInstances;
import dev.fovea.traffic.TrafficLog;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Health of the process and its models, as JSON for the management port. */
final class HealthPages {

    private static final JsonMapper JSON = new JsonMapper();

    private final ServedModels models;
    private final HealthCheck check;
    private final TrafficLog log;
    private final Readiness readiness;

    HealthPages(ServingApplication application, Readiness readiness) {
        this.models = application.models();
        this.check = application.healthCheck();
        this.log = application.trafficLog();
        this.readiness = readiness;
    }

    /** In the order of severity. */
    private enum Status {
        UP(200),
        /** Predictions go on, only changes and statistics cannot be saved; so readiness stays at 200. */
        DEGRADED(200),
        OUT_OF_SERVICE(503),
        DOWN(503);

        private final int code;

        Status(int code) {
            this.code = code;
        }
    }

    private record Component(Status status, Map<String, Object> details) {

        Component(Status status) {
            this(status, Map.of());
        }

        private Map<String, Object> json() {
            return details.isEmpty() ? Map.of("status", status) : Map.of("status", status, "details", details);
        }
    }

    /** The process is alive. */
    ManagementPage liveness() {
        return page(livenessComponents(), Map.of());
    }

    /** At least one model in production gives responses, as the last background check found. */
    ManagementPage readiness() {
        return page(readinessComponents(), Map.of());
    }

    /** Both. */
    ManagementPage all() {
        Map<String, Component> components = livenessComponents();
        components.putAll(readinessComponents());
        return page(components, Map.of("groups", List.of("liveness", "readiness")));
    }

    private static ManagementPage page(Map<String, Component> components, Map<String, Object> more) {
        Status worst = Collections.max(
                components.values().stream().map(Component::status).toList());
        Map<String, Object> json = new LinkedHashMap<>(more);
        json.put("status", worst);
        Map<String, Object> parts = new LinkedHashMap<>();
        components.forEach((name, component) -> parts.put(name, component.json()));
        json.put("components", parts);
        return new ManagementPage(worst.code, "application/json", JSON.writeValueAsString(json));
    }

    private Map<String, Component> livenessComponents() {
        StalledInstances stalled = models.stalledInstances();
        Map<String, Component> components = new LinkedHashMap<>();
        components.put("livenessState", new Component(Status.UP));
        components.put(
                "instances",
                new Component(
                        stalled.missing() == 0 ? Status.UP : Status.DOWN,
                        Map.of("replaced", stalled.replaced(), "missing", stalled.missing())));
        return components;
    }

    private Map<String, Component> readinessComponents() {
        Map<String, Object> details = new LinkedHashMap<>();
        models.health().forEach(model -> details.put(model.model(), details(model)));
        Map<String, Component> components = new LinkedHashMap<>();
        components.put("readinessState", new Component(readiness.isAccepting() ? Status.UP : Status.OUT_OF_SERVICE));
        components.put("models", new Component(models.isReady() ? Status.UP : Status.DOWN, details));
        components.put(
                "storage",
                check.storageProblem()
                        .map(problem -> new Component(
                                Status.DEGRADED,
                                Map.of("code", problem.code(), "message", String.valueOf(problem.getMessage()))))
                        .orElseGet(() -> new Component(Status.UP)));
        components.put(
                "predictionLog",
                log.status()
                        .problem()
                        .map(problem -> new Component(Status.DEGRADED, Map.of("message", problem)))
                        .orElseGet(() -> new Component(Status.UP)));
        return components;
    }

    private static Map<String, Object> details(ModelHealth model) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("version", model.version());
        details.put("ready", model.isReady());
        model.problem().ifPresent(problem -> {
            details.put("code", problem.code());
            details.put("message", problem.getMessage());
        });
        return details;
    }
}
