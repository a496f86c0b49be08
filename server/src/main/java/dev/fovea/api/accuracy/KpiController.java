package dev.fovea.api.accuracy;

import dev.fovea.api.data.Required;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.monitoring.accuracy.AccuracyWindow;
import dev.fovea.registry.Registry;
import dev.fovea.traffic.truth.Kpi;
import dev.fovea.traffic.truth.KpiSummary;
import dev.fovea.traffic.truth.Kpis;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Business figures of predictions. */
@RestController
public final class KpiController {

    private final Registry registry;
    private final Kpis kpis;
    private final Clock clock;

    public KpiController(Registry registry, Kpis kpis, Clock clock) {
        this.registry = registry;
        this.kpis = kpis;
        this.clock = clock;
    }

    /**
     * Figures of a model's predictions.
     *
     * @param model whose predictions they are of
     * @param kpis at least one
     */
    @Schema(name = "KpiRequest")
    record KpisOrder(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String model,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            List<KpiOrder> kpis) {}

    /**
     * One figure, of a request or of a key.
     *
     * @param requestId the id that the response had
     * @param key the value of the tag {@code key} of the caller's requests, else the name of its API key
     * @param name of the figure
     * @param value finite
     * @param time when it came about; now without it
     */
    @Schema(name = "KpiFigureRequest")
    record KpiOrder(
            @Nullable String requestId,
            @Nullable String key,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String name,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            Double value,

            @Nullable Instant time) {

        Kpi kpi(Instant now) {
            return new Kpi(
                    Optional.ofNullable(requestId),
                    Optional.ofNullable(key),
                    Required.field("name", name),
                    Required.field("value", value),
                    time == null ? now : time);
        }
    }

    /** The figures of each version. */
    @Schema(name = "KpiSummaries")
    record KpisView(List<KpiSummary> kpis) {}

    @PostMapping("/v1/kpis")
    @Operation(
            operationId = "addKpis",
            summary = "Report business figures of predictions, by request id or key",
            description =
                    "They are joined to the version that predicted. A figure with the same request or key, name and time is the same one.")
    Kpis.KpiReceipt add(@RequestBody KpisOrder order) {
        Instant now = clock.instant();
        String model = registry.model(Required.field("model", order.model())).name();
        List<Kpi> given = Required.field("kpis", order.kpis()).stream()
                .map(one -> one.kpi(now))
                .toList();
        if (given.isEmpty() || given.size() > Kpis.MAX_AT_ONCE) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "\"kpis\" has %,d figures; it must have from 1 to %,d.".formatted(given.size(), Kpis.MAX_AT_ONCE));
        }
        return kpis.add(model, given);
    }

    @GetMapping("/v1/models/{name}/kpis")
    @Operation(operationId = "getKpis", summary = "Business figures of each version, with 95 % intervals")
    KpisView summaries(
            @PathVariable String name,
            @Parameter(description = "How many days back, 1 to 365") @RequestParam(defaultValue = "30") int days) {
        AccuracyWindow window = AccuracyWindow.of(days, clock.instant());
        return new KpisView(kpis.summaries(registry.model(name).name(), window.from(), window.to()));
    }
}
