package dev.fovea.server.conditions;

import dev.fovea.alerts.AlertKind;
import dev.fovea.alerts.Condition;
import dev.fovea.alerts.ConditionSource;
import dev.fovea.alerts.Severity;
import dev.fovea.monitoring.drift.Drift;
import dev.fovea.monitoring.drift.DriftReport;
import dev.fovea.monitoring.drift.DriftWords;
import dev.fovea.monitoring.drift.detector.DriftAlarm;
import dev.fovea.registry.Alias;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Registry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Traffic that has changed, of versions in production and canaries, as conditions of alerts; all servers of a home say
 * the same. Used by one thread.
 */
public final class DriftConditions implements ConditionSource {

    /** Between two looks into the database. */
    private static final Duration EVERY = Duration.ofSeconds(15);

    private final Registry registry;
    private final Drift drift;
    private final InstantSource clock;
    private Instant next = Instant.MIN;
    private List<Condition> last = List.of();

    public DriftConditions(Registry registry, Drift drift, InstantSource clock) {
        this.registry = registry;
        this.drift = drift;
        this.clock = clock;
    }

    @Override
    public String prefix() {
        return "drift/";
    }

    @Override
    public List<Condition> holding() {
        Instant now = clock.instant();
        if (!now.isBefore(next)) {
            next = now.plus(EVERY);
            last = registry.models().stream().flatMap(this::of).toList();
        }
        return last;
    }

    private Stream<Condition> of(RegisteredModel model) {
        return drift.reports(model.name()).stream()
                .filter(report -> serves(model, report.version().version()))
                .flatMap(report -> Stream.concat(
                        report.alarm().stream().map(alarm -> drift(report, alarm)), unlikeHeldOut(report)));
    }

    private static boolean serves(RegisteredModel model, int version) {
        return model.rollout().includes(version)
                || model.alias(Alias.PRODUCTION)
                        .filter(one -> one.number() == version)
                        .isPresent();
    }

    private Condition drift(DriftReport report, DriftAlarm alarm) {
        String model = report.version().model();
        return new Condition(
                prefix() + report.version(),
                Optional.of(model),
                AlertKind.DRIFT,
                Severity.WARNING,
                "The traffic of %s has changed".formatted(report.version()),
                "%s To accept it as usual: fovea drift accept %s --days N.".formatted(report.statement(), model),
                Optional.of("/#/models/%s/drift?version=%d"
                        .formatted(model, report.version().version())),
                alarm.since().likely());
    }

    private Stream<Condition> unlikeHeldOut(DriftReport report) {
        String model = report.version().model();
        return report
                .began()
                .filter(began -> !report.findings().unlikeHeldOut().isEmpty())
                .map(began -> new Condition(
                        prefix() + "unlike-held-out/" + report.version(),
                        Optional.of(model),
                        AlertKind.UNLIKE_HELD_OUT,
                        Severity.WARNING,
                        "The traffic of %s is not like the images that it was judged on".formatted(report.version()),
                        DriftWords.unlikeHeldOut(report.findings().unlikeHeldOut()),
                        Optional.of("/#/models/" + model),
                        began))
                .stream();
    }
}
