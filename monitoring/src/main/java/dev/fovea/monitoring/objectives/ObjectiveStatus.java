package dev.fovea.monitoring.objectives;

import dev.fovea.statistics.Interval;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * How an objective did in a month.
 *
 * @param statement the verdict in words, with its figures
 * @param value in the objective's unit; empty when nothing is known
 * @param budgetLeft the part of the error budget that is left, 1 for all of it; below 0 when more is used
 * @param burns how fast the budget burns now, in the current month only
 * @param days the month's days of which something is known
 */
public record ObjectiveStatus(
        Objective objective,
        ObjectiveVerdict verdict,
        String statement,
        Optional<MeasuredValue> value,
        Optional<Double> budgetLeft,
        List<Burn> burns,
        List<ObjectiveDay> days) {

    public ObjectiveStatus {
        burns = List.copyOf(burns);
        days = List.copyOf(days);
    }

    /**
     * A value.
     *
     * @param interval where it lies with 95 % probability; empty for what is counted
     */
    public record MeasuredValue(double value, Optional<Interval> interval, FigureSource source) {}

    /** How a value is known. */
    public enum FigureSource {
        /** All requests were counted. */
        COUNTED,
        /** From labels. */
        KNOWN,
        /** From confidence, without labels. */
        ESTIMATED
    }

    /**
     * How fast a budget burns.
     *
     * @param window the time until now: {@code 1h}, {@code 6h}, {@code 1d}
     * @param rate 1 uses the budget up exactly
     */
    public record Burn(String window, double rate) {}

    /**
     * A day in UTC.
     *
     * @param met whether the day alone meets the objective
     */
    public record ObjectiveDay(LocalDate date, double value, boolean met) {}
}
