package dev.fovea.api.alerts;

import dev.fovea.alerts.Alert;
import dev.fovea.alerts.Alerts;
import dev.fovea.alerts.Silence;
import dev.fovea.alerts.Silences;
import dev.fovea.api.data.Required;
import dev.fovea.edge.Caller;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Alerts, and what holds them back. Where they are told is configured in a file, never here. */
@RestController
public final class AlertsController {

    private static final int MAX_LIMIT = 1000;

    private final Alerts alerts;
    private final Silences silences;

    public AlertsController(Alerts alerts, Silences silences) {
        this.alerts = alerts;
        this.silences = silences;
    }

    @GetMapping("/v1/alerts")
    @Operation(operationId = "listAlerts", summary = "Alerts: open ones, the most urgent first; or all, newest first")
    AlertViews.AlertList list(
            @Parameter(description = "open or all") @RequestParam(defaultValue = "open") String state,
            @Parameter(description = "Alerts about this model only") @RequestParam(required = false) @Nullable
                    String model,
            @Parameter(description = "Alerts at most, 1 to 1000") @RequestParam(defaultValue = "100") int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "\"limit\" is %d; it must be from 1 to %d.".formatted(limit, MAX_LIMIT));
        }
        return new AlertViews.AlertList(of(state, limit).stream()
                .filter(alert -> model == null
                        || alert.condition().model().filter(model::equals).isPresent())
                .limit(limit)
                .map(AlertViews.AlertView::of)
                .toList());
    }

    private List<Alert> of(String state, int limit) {
        return switch (state) {
            case "open" -> alerts.open();
            case "all" -> alerts.recent(limit);
            default ->
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "\"state\" is \"%s\"; it must be open or all.".formatted(Printable.brief(state)));
        };
    }

    @GetMapping("/v1/alerts/{id}")
    @Operation(operationId = "getAlert", summary = "An alert with its history and every try to tell of it")
    AlertViews.AlertRecordView show(@PathVariable String id) {
        return AlertViews.AlertRecordView.of(alerts.file(id));
    }

    @PostMapping("/v1/alerts/{id}/acknowledge")
    @Operation(operationId = "acknowledgeAlert", summary = "Take an alert up, under the name of the API key")
    AlertViews.AlertView acknowledge(
            @PathVariable String id, @RequestBody AlertViews.Acknowledgment request, HttpServletRequest http) {
        return AlertViews.AlertView.of(alerts.acknowledge(
                id,
                Caller.of(http).author(),
                Required.optional(request.note()).orElse("").strip()));
    }

    @GetMapping("/v1/silences")
    @Operation(operationId = "listSilences", summary = "What is silenced")
    AlertViews.SilenceList silences() {
        return new AlertViews.SilenceList(
                silences.inForce().stream().map(AlertViews.SilenceView::of).toList());
    }

    @PostMapping("/v1/silences")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "addSilence",
            summary = "Do not tell of some alerts for a while",
            description =
                    "They are still on record. Those that still hold when the silence ends are told then. The end of an alert that was told before is told during a silence.")
    AlertViews.SilenceView silence(@RequestBody AlertViews.NewSilence request, HttpServletRequest http) {
        Silence silence = silences.add(
                Required.optional(request.model()),
                Required.optional(request.kind()).map(AlertViews::kind),
                AlertViews.time("until", Required.field("until", request.until())),
                Caller.of(http).author(),
                Required.field("reason", request.reason()));
        return AlertViews.SilenceView.of(silence);
    }

    @DeleteMapping("/v1/silences/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "endSilence", summary = "End a silence now")
    void end(@PathVariable String id) {
        silences.end(id);
    }
}
