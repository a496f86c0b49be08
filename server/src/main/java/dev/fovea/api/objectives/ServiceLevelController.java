package dev.fovea.api.objectives;

import dev.fovea.monitoring.objectives.ServiceLevelReport;
import dev.fovea.monitoring.objectives.ServiceLevels;
import dev.fovea.monitoring.objectives.ServiceObjectives;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was promised of a model, and what was kept. */
@RestController
public final class ServiceLevelController {

    private static final String OBJECTIVES = "/v1/models/{name}/objectives";
    private static final String SERVICE_LEVEL = "/v1/models/{name}/service-level";

    private final ServiceLevels levels;
    private final Runnable catchUp;

    /** @param catchUp stores what this server counted since the last full minute */
    public ServiceLevelController(ServiceLevels levels, Runnable catchUp) {
        this.levels = levels;
        this.catchUp = catchUp;
    }

    @GetMapping(OBJECTIVES)
    @Operation(operationId = "getObjectives", summary = "The service level objectives of a model")
    ObjectiveViews.ObjectivesView objectives(@PathVariable String name) {
        return ObjectiveViews.of(levels.objectives(name));
    }

    @PutMapping(OBJECTIVES)
    @Operation(
            operationId = "setObjectives",
            summary = "Replace the service level objectives of a model",
            description =
                    "Targets are percentages, milliseconds for p95 and p99, and an amount of money for the cost of 1,000 answers.")
    ObjectiveViews.ObjectivesView change(@PathVariable String name, @RequestBody ObjectiveViews.ObjectivesOrder order) {
        ServiceObjectives objectives = ObjectiveViews.objectives(order);
        levels.change(name, objectives);
        return ObjectiveViews.of(objectives);
    }

    @GetMapping(SERVICE_LEVEL)
    @Operation(
            operationId = "getServiceLevel",
            summary = "What a model promised and kept in a month: verdicts, error budgets, burn rates and days",
            description = "Requests of all servers count. Months and days are in UTC.")
    ServiceLevelViews.ServiceLevelView serviceLevel(
            @PathVariable String name,
            @Parameter(description = "As 2026-11; without it the current month")
                    @RequestParam(required = false)
                    @Nullable
                    String month) {
        return ServiceLevelViews.of(report(name, month));
    }

    @GetMapping(path = SERVICE_LEVEL + "/report", produces = "text/html;charset=UTF-8")
    @Operation(
            operationId = "getServiceLevelReport",
            summary = "A month's service level as a page of HTML that stands alone, to print or to send")
    ResponseEntity<String> page(
            @PathVariable String name,
            @Parameter(description = "As 2026-11; without it the current month")
                    @RequestParam(required = false)
                    @Nullable
                    String month) {
        ServiceLevelReport report = report(name, month);
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("%s-service-level-%s.html".formatted(report.model(), report.month()))
                                .build()
                                .toString())
                .body(ServiceLevelPage.of(report));
    }

    private ServiceLevelReport report(String name, @Nullable String month) {
        catchUp.run();
        return levels.report(name, month);
    }
}
