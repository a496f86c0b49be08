package dev.fovea.api.traffic;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.registry.Registry;
import dev.fovea.traffic.LoggedPrediction;
import dev.fovea.traffic.TrafficFilter;
import dev.fovea.traffic.TrafficQueries;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The prediction log of a model. */
@RestController
public final class TrafficController {

    private static final int MAX_PAGE = 500;
    private static final String TIME = "A day such as 2026-11-30, or a time such as 2026-11-30T08:00:00Z";

    private final Registry registry;
    private final TrafficQueries queries;
    private final InstantSource clock;
    private final Function<String, TrafficViews.LossesView> losses;

    /** @param losses of a model */
    public TrafficController(
            Registry registry,
            TrafficQueries queries,
            InstantSource clock,
            Function<String, TrafficViews.LossesView> losses) {
        this.losses = losses;
        this.registry = registry;
        this.queries = queries;
        this.clock = clock;
    }

    @GetMapping("/v1/models/{name}/traffic")
    @Operation(
            operationId = "getTraffic",
            summary = "Counts, labels, confidence, latency and image measures of the logged predictions of a model",
            description =
                    "By default the last 30 days. The series is by hour up to 8 days, else by day. A filter by a rare label, client or tag, or by several, reads rows, which takes longer.")
    TrafficViews.TrafficView traffic(
            @PathVariable String name,
            @Parameter(description = TIME) @RequestParam(required = false) @Nullable String from,
            @Parameter(description = TIME) @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable Integer version,
            @RequestParam(required = false) @Nullable String label,
            @Parameter(description = "The name of the API key") @RequestParam(required = false) @Nullable String client,
            @Parameter(description = "NAME=VALUE, several times for several tags")
                    @RequestParam(required = false)
                    @Nullable
                    List<String> tag) {
        TrafficFilter filter =
                filter(new TrafficQuery(name, from, to, version, label, client, tag == null ? List.of() : tag));
        return TrafficViews.of(filter, queries.tally(filter)).with(losses.apply(name));
    }

    @GetMapping("/v1/models/{name}/predictions")
    @Operation(operationId = "listPredictions", summary = "The logged predictions of a model, the newest first")
    LoggedViews.LoggedPage predictions(
            @PathVariable String name,
            @Parameter(description = TIME) @RequestParam(required = false) @Nullable String from,
            @Parameter(description = TIME) @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable Integer version,
            @RequestParam(required = false) @Nullable String label,
            @Parameter(description = "The name of the API key") @RequestParam(required = false) @Nullable String client,
            @Parameter(description = "NAME=VALUE, several times for several tags")
                    @RequestParam(required = false)
                    @Nullable
                    List<String> tag,
            @Parameter(description = "Only those of this request") @RequestParam(required = false) @Nullable
                    String request,
            @Parameter(description = "Predictions per page, 1 to 500") @RequestParam(defaultValue = "50") int limit,
            @Parameter(description = "Predictions to skip") @RequestParam(defaultValue = "0") int offset) {
        if (limit < 1 || limit > MAX_PAGE || offset < 0) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "\"limit\" is %d and \"offset\" is %d; they must be 1 to %d, and 0 or more."
                            .formatted(limit, offset, MAX_PAGE));
        }
        TrafficFilter filter =
                filter(new TrafficQuery(name, from, to, version, label, client, tag == null ? List.of() : tag));
        List<LoggedPrediction> rows =
                request == null ? queries.newest(filter, limit, offset) : queries.ofRequest(filter, request);
        return new LoggedViews.LoggedPage(rows.stream().map(LoggedViews::of).toList());
    }

    private TrafficFilter filter(TrafficQuery query) {
        var _ = registry.model(query.model());
        return query.filter(clock.instant());
    }
}
