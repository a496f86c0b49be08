package dev.fovea.server.conditions;

import dev.fovea.alerts.AlertKind;
import dev.fovea.alerts.Condition;
import dev.fovea.alerts.ConditionSource;
import dev.fovea.alerts.Severity;
import dev.fovea.traffic.StreamCounts;
import dev.fovea.traffic.TrafficLogStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Rows of the prediction log that are lost, as conditions of alerts, by model. Used by one thread. */
public final class LogConditions implements ConditionSource {

    /** A loss is said for so long after the last lost row. */
    private static final Duration RECENTLY = Duration.ofMinutes(5);

    private final String server;
    private final Supplier<? extends Map<String, StreamCounts>> stream;
    private final Supplier<TrafficLogStatus> log;
    private final InstantSource clock;
    private final Map<String, Loss> losses = new TreeMap<>();

    /** Of one model. */
    private record Loss(long rows, Instant first, Instant last) {}

    /**
     * A source for one server.
     *
     * @param server its name, among those that share the home
     * @param stream what the stream of predictions dropped, by model
     */
    public LogConditions(
            String server,
            Supplier<? extends Map<String, StreamCounts>> stream,
            Supplier<TrafficLogStatus> log,
            InstantSource clock) {
        this.server = server;
        this.stream = stream;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public String prefix() {
        return "log/%s/".formatted(server);
    }

    @Override
    public List<Condition> holding() {
        Instant now = clock.instant();
        TrafficLogStatus status = log.get();
        Map<String, Long> lost = new TreeMap<>(status.lost());
        stream.get().forEach((model, counts) -> lost.merge(model, counts.dropped(), Long::sum));
        List<Condition> holding = new ArrayList<>();
        lost.forEach((model, rows) -> {
            Loss loss = losses.compute(model, (name, before) -> after(before, rows, now));
            if (now.isBefore(loss.last().plus(RECENTLY))) {
                holding.add(condition(model, loss, status.problem()));
            }
        });
        return holding;
    }

    private static Loss after(@Nullable Loss before, long rows, Instant now) {
        if (before == null) {
            return new Loss(rows, now, rows > 0 ? now : Instant.EPOCH);
        }
        boolean goesOn = now.isBefore(before.last().plus(RECENTLY));
        return rows > before.rows() ? new Loss(rows, goesOn ? before.first() : now, now) : before;
    }

    private Condition condition(String model, Loss loss, Optional<String> problem) {
        return new Condition(
                prefix() + AlertKind.ROWS_LOST.word() + "/" + model,
                Optional.of(model),
                AlertKind.ROWS_LOST,
                Severity.WARNING,
                "Rows of the prediction log of %s are lost".formatted(model),
                "%s Predictions go on; the lost ones are counted in fovea_traffic_dropped_total and fovea_traffic_lost_total. Server: %s."
                        .formatted(
                                problem.orElse(
                                        "More responses came than could be logged. Add servers, or lower the load."),
                                server),
                Optional.of("/#/models/%s/traffic".formatted(model)),
                loss.first());
    }
}
