package dev.fovea.monitoring.objectives;

import dev.fovea.monitoring.objectives.ObjectiveStatus.Burn;
import dev.fovea.monitoring.objectives.ObjectiveStatus.FigureSource;
import dev.fovea.monitoring.objectives.ObjectiveStatus.MeasuredValue;
import dev.fovea.monitoring.objectives.ObjectiveStatus.ObjectiveDay;
import dev.fovea.monitoring.objectives.history.ServiceCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How objectives did that are counted from requests. Pure. */
final class CountedObjectives {

    /** The windows of burn rates that people read. */
    private static final List<BurnWindow> SHOWN = List.of(BurnWindow.HOUR, BurnWindow.SIX_HOURS);

    private final ServiceObjectives objectives;
    private final ServiceCounts month;
    private final List<ServiceLevelReport.ServiceDay> days;
    private final Optional<RecentSlots> recent;

    /**
     * The counts of a month.
     *
     * @param recent slots of the last days; empty for a month that is over
     */
    CountedObjectives(
            ServiceObjectives objectives,
            ServiceCounts month,
            List<ServiceLevelReport.ServiceDay> days,
            Optional<RecentSlots> recent) {
        this.objectives = objectives;
        this.month = month;
        this.days = days;
        this.recent = recent;
    }

    ObjectiveStatus status(Objective objective) {
        BudgetUse use = BudgetUse.of(objective, objectives, month);
        return new ObjectiveStatus(
                objective,
                use.verdict(),
                statement(objective, use),
                present(use.value()).map(value -> new MeasuredValue(value, Optional.empty(), FigureSource.COUNTED)),
                present(use.left()),
                burns(objective),
                days(objective));
    }

    private List<Burn> burns(Objective objective) {
        List<Burn> burns = new ArrayList<>();
        recent.ifPresent(slots -> SHOWN.forEach(window -> present(
                        slots.use(objective, objectives, window).rate())
                .ifPresent(rate -> burns.add(new Burn(window.word(), rate)))));
        return burns;
    }

    private List<ObjectiveDay> days(Objective objective) {
        List<ObjectiveDay> known = new ArrayList<>();
        for (ServiceLevelReport.ServiceDay day : days) {
            BudgetUse use = BudgetUse.of(objective, objectives, day.counts());
            present(use.value())
                    .ifPresent(value ->
                            known.add(new ObjectiveDay(day.date(), value, use.verdict() != ObjectiveVerdict.MISSED)));
        }
        return known;
    }

    private String statement(Objective objective, BudgetUse use) {
        if (month.requests() == 0) {
            return "There were no requests.";
        }
        return switch (objective.indicator()) {
            case AVAILABILITY ->
                few(
                        use,
                        "%,d of %,d requests failed; the objective allows %s."
                                .formatted(Math.max(0, month.failures()), month.served(), number(use.allowed())));
            case ERROR_RATE ->
                few(
                        use,
                        "%,d of %,d requests ended with an error; the objective allows %s."
                                .formatted(
                                        Math.max(0, month.failures()) + month.rejected(),
                                        month.requests(),
                                        number(use.allowed())));
            case P95, P99 ->
                few(
                        use,
                        "%s of %,d answers took longer than %s; the objective allows %s."
                                .formatted(
                                        number(use.used()),
                                        month.answers(),
                                        objective.targetText(),
                                        number(use.allowed())));
            case COST -> objectives.knowsCost(month.use()) || use.enough() ? cost(use) : noPrice();
            case ACCURACY, PRECISION, RECALL -> throw new IllegalArgumentException(objective.name());
        };
    }

    private String noPrice() {
        return "%,d answers took %s processor seconds, whose price is not stated, and %,d remote calls for %s. State the price of a processor hour for a verdict: --cpu-hour-price 0.04, or 0 where it costs nothing."
                .formatted(
                        month.answers(),
                        number((double) month.use().cpuNanos() / 1e9),
                        month.use().remoteCalls(),
                        number((double) month.use().remoteMicros() / 1e6));
    }

    private String cost(BudgetUse use) {
        return "%,d answers cost %s: %s processor seconds%s and %,d remote calls for %s.%s"
                .formatted(
                        month.answers(),
                        number(use.used()),
                        number((double) month.use().cpuNanos() / 1e9),
                        objectives
                                .cpuHourPrice()
                                .map(price -> " at %s an hour".formatted(number(price)))
                                .orElse(", which have no price,"),
                        month.use().remoteCalls(),
                        number((double) month.use().remoteMicros() / 1e6),
                        use.enough() ? "" : " A verdict needs 1,000 answers.");
    }

    private static String few(BudgetUse use, String statement) {
        return use.enough() ? statement : statement + " That is less than one: too few requests for a verdict.";
    }

    private static String number(double value) {
        if (value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(
                Locale.ROOT, Math.abs(value) >= 100 ? "%,.0f" : Math.abs(value) >= 1 ? "%.1f" : "%.3g", value);
    }

    static Optional<Double> present(double value) {
        return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
    }
}
