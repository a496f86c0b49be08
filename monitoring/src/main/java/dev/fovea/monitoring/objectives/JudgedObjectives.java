package dev.fovea.monitoring.objectives;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.monitoring.accuracy.AccuracyCourse;
import dev.fovea.monitoring.accuracy.AccuracyReport;
import dev.fovea.monitoring.accuracy.AccuracyWindow;
import dev.fovea.monitoring.accuracy.LiveAccuracy;
import dev.fovea.monitoring.objectives.ObjectiveStatus.Burn;
import dev.fovea.monitoring.objectives.ObjectiveStatus.FigureSource;
import dev.fovea.monitoring.objectives.ObjectiveStatus.MeasuredValue;
import dev.fovea.monitoring.objectives.ObjectiveStatus.ObjectiveDay;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.statistics.Interval;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How objectives did that labels or confidence answer, of the version in production now. Its interval decides: an
 * objective is met when all of it is at the target or above, and missed when all of it is below.
 */
final class JudgedObjectives {

    private static final double PERCENT = 100;
    private static final String DAY = "1d";

    private final LiveAccuracy accuracy;

    JudgedObjectives(LiveAccuracy accuracy) {
        this.accuracy = accuracy;
    }

    /** The status of each objective in a time. */
    List<ObjectiveStatus> statuses(
            RegisteredModel model, List<Objective> objectives, AccuracyWindow window, boolean isCurrent) {
        if (objectives.isEmpty()) {
            return List.of();
        }
        try {
            ModelVersion version = AccuracyWindow.version(model, null);
            AccuracyReport report = accuracy.report(version, window);
            List<ObjectiveStatus> statuses = new ArrayList<>();
            for (Objective objective : objectives) {
                statuses.add(
                        objective.indicator() == Indicator.ACCURACY
                                        && report.findings().isEmpty()
                                ? withDays(status(objective, report), accuracy.course(version, window), isCurrent)
                                : status(objective, report));
            }
            return statuses;
        } catch (FoveaException e) {
            if (e.code() != ErrorCode.STATE_CONFLICT) {
                throw e;
            }
            return objectives.stream()
                    .map(objective -> unknown(objective, e.getMessage()))
                    .toList();
        }
    }

    private static ObjectiveStatus unknown(Objective objective, String why) {
        return new ObjectiveStatus(
                objective,
                ObjectiveVerdict.NOT_ENOUGH_DATA,
                why,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of());
    }

    private static ObjectiveStatus status(Objective objective, AccuracyReport report) {
        KnownFigures figures = KnownFigures.of(objective, report);
        Optional<MeasuredValue> value = figures.known()
                .map(interval -> measured(interval, FigureSource.KNOWN))
                .or(() -> figures.estimated().map(interval -> measured(interval, FigureSource.ESTIMATED)));
        if (value.isEmpty()) {
            return unknown(
                    objective,
                    "Nothing is known of the %,d predictions of %s. Add labels: fovea truth add"
                            .formatted(report.window().predictions(), report.version()));
        }
        MeasuredValue found = value.get();
        Interval interval = found.interval().orElseThrow();
        boolean counts =
                found.source() == FigureSource.KNOWN || figures.distrust().isEmpty();
        return new ObjectiveStatus(
                objective,
                counts ? verdict(objective, interval) : ObjectiveVerdict.NOT_ENOUGH_DATA,
                statement(report, figures, found, interval),
                value,
                Optional.of(1 - used(objective, found.value())),
                List.of(),
                List.of());
    }

    private static MeasuredValue measured(Interval share, FigureSource source) {
        Interval percent = percent(share);
        return new MeasuredValue(percent.value(), Optional.of(percent), source);
    }

    private static String statement(
            AccuracyReport report, KnownFigures figures, MeasuredValue value, Interval interval) {
        String figure = String.format(
                Locale.ROOT,
                "%.1f %% [%.1f, %.1f] for %s",
                value.value(),
                interval.low(),
                interval.high(),
                report.version());
        if (value.source() == FigureSource.KNOWN) {
            int labels = figures.labels();
            return "%s, known from %,d labelled image%s.".formatted(figure, labels, labels == 1 ? "" : "s");
        }
        return figures.distrust()
                .map(reason -> "%s, estimated without labels. Do not trust that estimate. %s".formatted(figure, reason))
                .orElseGet(() -> "%s, estimated from confidence without labels.".formatted(figure));
    }

    private static ObjectiveVerdict verdict(Objective objective, Interval interval) {
        if (interval.low() >= objective.target()) {
            return ObjectiveVerdict.MET;
        }
        return interval.high() < objective.target() ? ObjectiveVerdict.MISSED : ObjectiveVerdict.NOT_ENOUGH_DATA;
    }

    /** The share of the allowed errors that were made; 1 uses the budget up. */
    private static double used(Objective objective, double value) {
        return (PERCENT - value) / (PERCENT - objective.target());
    }

    private static Interval percent(Interval share) {
        return new Interval(PERCENT * share.value(), PERCENT * share.low(), PERCENT * share.high());
    }

    private static ObjectiveStatus withDays(ObjectiveStatus status, AccuracyCourse course, boolean isCurrent) {
        List<ObjectiveDay> days = new ArrayList<>();
        for (AccuracyCourse.AccuracyDay day : course.days()) {
            day.known()
                    .map(AccuracyCourse.KnownDay::accuracy)
                    .or(day::estimated)
                    .map(JudgedObjectives::percent)
                    .ifPresent(percent -> days.add(new ObjectiveDay(
                            LocalDate.ofInstant(day.from(), ZoneOffset.UTC),
                            percent.value(),
                            verdict(status.objective(), percent) != ObjectiveVerdict.MISSED)));
        }
        List<Burn> burns = isCurrent && !days.isEmpty()
                ? List.of(new Burn(DAY, used(status.objective(), days.getLast().value())))
                : List.of();
        return new ObjectiveStatus(
                status.objective(),
                status.verdict(),
                status.statement(),
                status.value(),
                status.budgetLeft(),
                burns,
                days);
    }
}
