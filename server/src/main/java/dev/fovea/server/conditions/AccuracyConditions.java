package dev.fovea.server.conditions;

import dev.fovea.alerts.AlertKind;
import dev.fovea.alerts.Condition;
import dev.fovea.alerts.ConditionSource;
import dev.fovea.alerts.Severity;
import dev.fovea.monitoring.accuracy.AccuracyWindow;
import dev.fovea.monitoring.accuracy.KnownAccuracy;
import dev.fovea.monitoring.objectives.Indicator;
import dev.fovea.monitoring.objectives.Objective;
import dev.fovea.monitoring.objectives.ObjectiveStore;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Registry;
import dev.fovea.statistics.Interval;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Versions in production whose labels of this month show that their accuracy is below its objective, as conditions of
 * alerts. Labels come one by one and are looked at again and again, so the interval that holds at every look decides.
 * Used by one thread.
 */
public final class AccuracyConditions implements ConditionSource {

    /** Between two looks: each reads the month's predictions. */
    private static final Duration EVERY = Duration.ofMinutes(10);

    private static final double PERCENT = 100;

    private final Registry registry;
    private final ObjectiveStore objectives;
    private final KnownAccuracySource labels;
    private final InstantSource clock;
    private final Map<String, Instant> since = new TreeMap<>();
    private Instant next = Instant.MIN;
    private List<Condition> last = List.of();

    /** What labels say. */
    @FunctionalInterface
    public interface KnownAccuracySource {

        /** The accuracy of a version in some time; empty without labels, and for models that are no classifiers. */
        Optional<KnownAccuracy> known(ModelVersion version, AccuracyWindow window);
    }

    public AccuracyConditions(
            Registry registry, ObjectiveStore objectives, KnownAccuracySource labels, InstantSource clock) {
        this.registry = registry;
        this.objectives = objectives;
        this.labels = labels;
        this.clock = clock;
    }

    @Override
    public String prefix() {
        return "accuracy/";
    }

    @Override
    public List<Condition> holding() {
        Instant now = clock.instant();
        if (!now.isBefore(next) || next.isAfter(now.plus(EVERY))) { // also after a clock was set back
            next = now.plus(EVERY);
            last = read(now);
            Set<String> keys = last.stream().map(Condition::key).collect(Collectors.toSet());
            since.keySet().retainAll(keys);
        }
        return last;
    }

    private List<Condition> read(Instant now) {
        Instant month = now.atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .withDayOfMonth(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        AccuracyWindow window = new AccuracyWindow(month, now.plusSeconds(1));
        List<Condition> missed = new ArrayList<>();
        objectives
                .all()
                .forEach((model, promised) -> promised.objectives().stream()
                        .filter(objective -> objective.indicator() == Indicator.ACCURACY)
                        .findFirst()
                        .flatMap(objective -> missed(model, objective, window))
                        .ifPresent(missed::add));
        return missed;
    }

    private Optional<Condition> missed(String name, Objective objective, AccuracyWindow window) {
        Optional<RegisteredModel> model =
                registry.find(name).filter(found -> found.promotion().isPresent());
        if (model.isEmpty()) {
            return Optional.empty();
        }
        ModelVersion version = AccuracyWindow.version(model.get(), null);
        return labels.known(version, window)
                .filter(known -> PERCENT * known.everyLook().high() < objective.target())
                .map(known -> condition(version, objective, known, window.to()));
    }

    private Condition condition(ModelVersion version, Objective objective, KnownAccuracy known, Instant now) {
        String model = version.id().model();
        String key = prefix() + model;
        Interval interval = known.everyLook();
        return new Condition(
                key,
                Optional.of(model),
                AlertKind.ACCURACY,
                Severity.WARNING,
                "The accuracy of %s is below its objective".formatted(version.id()),
                String.format(
                        Locale.ROOT,
                        "It is %.1f %% [%.1f, %.1f] by %,d labels of this month, and the objective is %s. The interval holds with 95 %% probability at every look. See it: fovea accuracy show %s",
                        PERCENT * interval.value(),
                        PERCENT * interval.low(),
                        PERCENT * interval.high(),
                        known.sample().labels(),
                        objective.targetText(),
                        model),
                Optional.of("/#/models/%s/accuracy".formatted(model)),
                since.computeIfAbsent(key, absent -> now));
    }
}
