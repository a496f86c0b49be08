package dev.fovea.server.conditions;

import dev.fovea.alerts.AlertKind;
import dev.fovea.alerts.Condition;
import dev.fovea.alerts.ConditionSource;
import dev.fovea.alerts.Severity;
import dev.fovea.monitoring.Recorder;
import dev.fovea.serving.pool.HealthCheck;
import dev.fovea.serving.pool.ModelHealth;
import dev.fovea.serving.pool.ServedModels;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a server knows of itself, as conditions of alerts. Used by one thread. */
public final class ServerConditions implements ConditionSource {

    /** Lost rows are said for so long after the last loss. */
    private static final Duration LOST_RECENTLY = Duration.ofMinutes(5);

    private final String server;
    private final ServedModels models;
    private final HealthCheck health;
    private final Recorder recorder;
    private final InstantSource clock;
    private final Map<String, Instant> since = new TreeMap<>();
    private long dropped;
    private Optional<Instant> lastLoss = Optional.empty();

    /** @param server its name, among those that share the home */
    public ServerConditions(
            String server, ServedModels models, HealthCheck health, Recorder recorder, InstantSource clock) {
        this.server = server;
        this.models = models;
        this.health = health;
        this.recorder = recorder;
        this.clock = clock;
    }

    @Override
    public String prefix() {
        return "server/%s/".formatted(server);
    }

    @Override
    public List<Condition> holding() {
        List<Condition> holding = new ArrayList<>();
        for (ModelHealth model : models.health()) {
            model.problem()
                    .ifPresent(problem -> holding.add(condition(
                            AlertKind.MODEL_NOT_SERVED,
                            Optional.of(model.model()),
                            Severity.CRITICAL,
                            "%s:%d is not served".formatted(model.model(), model.version()),
                            "%s: %s Server: %s.".formatted(problem.code(), problem.getMessage(), server))));
        }
        health.storageProblem()
                .ifPresent(problem -> holding.add(condition(
                        AlertKind.HOME_NOT_WRITABLE,
                        Optional.empty(),
                        Severity.CRITICAL,
                        "The home cannot be written",
                        "%s: %s Predictions go on; changes and statistics are lost. Server: %s."
                                .formatted(problem.code(), problem.getMessage(), server))));
        losses().ifPresent(holding::add);
        Set<String> keys = holding.stream().map(Condition::key).collect(Collectors.toSet());
        since.keySet().retainAll(keys);
        return holding;
    }

    private Optional<Condition> losses() {
        Instant now = clock.instant();
        long all = recorder.dropped();
        if (all > dropped) {
            dropped = all;
            lastLoss = Optional.of(now);
        }
        return lastLoss.filter(loss -> now.isBefore(loss.plus(LOST_RECENTLY)))
                .map(loss -> condition(
                        AlertKind.ROWS_LOST,
                        Optional.empty(),
                        Severity.WARNING,
                        "Details of predictions are lost",
                        "More predictions came than could be recorded: they are counted, but without labels, confidences and times. Add servers, or lower the load. Server: %s."
                                .formatted(server)));
    }

    private Condition condition(
            AlertKind kind, Optional<String> model, Severity severity, String title, String detail) {
        String key = key(kind, model.orElse(""));
        return new Condition(
                key,
                model,
                kind,
                severity,
                title,
                detail,
                model.map(ServerConditions::page),
                since.computeIfAbsent(key, absent -> clock.instant()));
    }

    private String key(AlertKind kind, String subject) {
        return prefix() + kind.word() + (subject.isEmpty() ? "" : "/" + subject);
    }

    private static String page(String model) {
        return "/#/models/" + model;
    }
}
