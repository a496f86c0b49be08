package dev.fovea.monitoring.objectives;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import dev.fovea.monitoring.accuracy.AccuracyWindow;
import dev.fovea.monitoring.accuracy.LiveAccuracy;
import dev.fovea.monitoring.objectives.history.ServiceCounts;
import dev.fovea.monitoring.objectives.history.ServiceLevelStore;
import dev.fovea.monitoring.objectives.history.ServiceSlot;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Registry;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What owners promise of their models, and what was kept of it. Each call reads the history anew. Thread-safe. */
public final class ServiceLevels {

    private static final double THOUSAND = 1000;

    private final Registry registry;
    private final ObjectiveStore objectives;
    private final ServiceLevelStore history;
    private final JudgedObjectives judged;
    private final InstantSource clock;

    public ServiceLevels(
            Registry registry,
            ObjectiveStore objectives,
            ServiceLevelStore history,
            LiveAccuracy accuracy,
            InstantSource clock) {
        this.registry = registry;
        this.objectives = objectives;
        this.history = history;
        this.judged = new JudgedObjectives(accuracy);
        this.clock = clock;
    }

    /** The objectives of a model; {@code MODEL_UNKNOWN}. */
    public ServiceObjectives objectives(String model) {
        return objectives.objectives(registry.model(model).name());
    }

    /**
     * Replaces the objectives of a model.
     *
     * @throws FoveaException {@code MODEL_UNKNOWN}, and {@code ARGUMENT_INVALID} for a class that no version predicts,
     *     and for targets that allow nothing or contradict each other
     */
    public void change(String model, ServiceObjectives changed) {
        RegisteredModel registered = registry.model(model);
        changed.requireSensible();
        Set<String> labels = new TreeSet<>();
        for (ModelVersion version : registered.versions()) {
            labels.addAll(version.labels());
        }
        for (Objective objective : changed.objectives()) {
            objective.label().filter(label -> !labels.contains(label)).ifPresent(label -> {
                throw new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "The objective \"%s\" names no class of %s. %s"
                                .formatted(
                                        objective.name(),
                                        model,
                                        labels.isEmpty()
                                                ? "It has no classes."
                                                : "Its classes: " + String.join(", ", labels)));
            });
        }
        objectives.change(model, changed);
    }

    /**
     * The same for a month as {@code 2026-11}, by default the current one.
     *
     * @throws FoveaException as {@link #report(String, YearMonth)}, and {@code ARGUMENT_INVALID} for another text
     */
    public ServiceLevelReport report(String model, @Nullable String month) {
        return report(model, month == null ? thisMonth() : month(month));
    }

    private YearMonth month(String text) {
        try {
            return YearMonth.parse(text);
        } catch (DateTimeParseException e) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "\"month\" is \"%s\"; write it as %s.".formatted(Printable.brief(text), thisMonth()),
                    e);
        }
    }

    private YearMonth thisMonth() {
        return YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC));
    }

    /**
     * What a model promised and kept in a month.
     *
     * @throws FoveaException {@code MODEL_UNKNOWN}, and {@code ARGUMENT_INVALID} for a month that is still to come
     */
    public ServiceLevelReport report(String model, YearMonth month) {
        RegisteredModel registered = registry.model(model);
        Instant now = clock.instant();
        Instant from = start(month);
        Instant end = start(month.plusMonths(1));
        if (from.isAfter(now)) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "\"month\" is %s, which is still to come. This month is %s.".formatted(month, thisMonth()));
        }
        boolean isCurrent = now.isBefore(end);
        Instant until = isCurrent ? now : end;
        ServiceObjectives promised = objectives.objectives(model);
        List<ServiceSlot> slots = history.slots(model, from, end);
        ServiceCounts counts = slots.stream().map(ServiceSlot::counts).reduce(ServiceCounts.NONE, ServiceCounts::plus);
        List<ServiceLevelReport.ServiceDay> days = days(slots);
        CountedObjectives counted = new CountedObjectives(
                promised, counts, days, isCurrent ? Optional.of(recent(model, now)) : Optional.empty());
        List<ObjectiveStatus> statuses = new ArrayList<>();
        List<Objective> toJudge = new ArrayList<>();
        for (Objective objective : promised.objectives()) {
            if (objective.indicator().isCounted()) {
                statuses.add(counted.status(objective));
            } else {
                toJudge.add(objective);
            }
        }
        // a prediction of this microsecond counts
        AccuracyWindow window = new AccuracyWindow(from, isCurrent ? until.plusSeconds(1) : until);
        statuses.addAll(judged.statuses(registered, toJudge, window, isCurrent));
        statuses.sort(Comparator.comparingInt(status -> promised.objectives().indexOf(status.objective())));
        return new ServiceLevelReport(
                model, verdict(statuses), month, until, counts, cost(promised, counts), statuses, days);
    }

    private RecentSlots recent(String model, Instant now) {
        Instant from = now.minus(BurnWindow.SIX_HOURS.length()).minus(BurnWindow.HOUR.length());
        return new RecentSlots(history.slots(model, from, now.plusSeconds(1)), now);
    }

    private static Optional<Double> cost(ServiceObjectives promised, ServiceCounts counts) {
        return counts.answers() == 0 || !promised.knowsCost(counts.use())
                ? Optional.empty()
                : Optional.of(counts.use().cost(promised.price()) / (double) counts.answers() * THOUSAND);
    }

    private static List<ServiceLevelReport.ServiceDay> days(List<ServiceSlot> slots) {
        TreeMap<LocalDate, ServiceCounts> days = new TreeMap<>();
        slots.forEach(slot ->
                days.merge(LocalDate.ofInstant(slot.start(), ZoneOffset.UTC), slot.counts(), ServiceCounts::plus));
        return days.entrySet().stream()
                .map(day -> new ServiceLevelReport.ServiceDay(day.getKey(), day.getValue()))
                .toList();
    }

    private static String verdict(List<ObjectiveStatus> statuses) {
        if (statuses.isEmpty()) {
            return "No objectives are set.";
        }
        long missed = count(statuses, ObjectiveVerdict.MISSED);
        long unknown = count(statuses, ObjectiveVerdict.NOT_ENOUGH_DATA);
        String open = unknown == 0 ? "" : " Of %d there is not enough data.".formatted(unknown);
        if (missed > 0) {
            List<String> names = statuses.stream()
                    .filter(status -> status.verdict() == ObjectiveVerdict.MISSED)
                    .map(status -> status.objective().name())
                    .toList();
            return "%d of %d objectives %s missed: %s.%s"
                    .formatted(missed, statuses.size(), missed == 1 ? "is" : "are", String.join(", ", names), open);
        }
        return unknown == statuses.size()
                ? "There is not enough data for a verdict."
                : unknown == 0 ? "All objectives are met." : "The objectives with enough data are met." + open;
    }

    private static long count(List<ObjectiveStatus> statuses, ObjectiveVerdict verdict) {
        return statuses.stream().filter(status -> status.verdict() == verdict).count();
    }

    private static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
