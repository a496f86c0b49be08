package dev.fovea.monitoring.drift.detector;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.statistics.drift.Rhythm;

/**
 * What an owner states for a model.
 *
 * @param daysPerFalseAlarm at most one false alarm in so many days, all tests together
 * @param rhythm the longest rhythm that is no drift
 */
public record DriftSettings(double daysPerFalseAlarm, Rhythm rhythm) {

    /** At most one false alarm in 90 days, and a weekly rhythm. */
    public static final DriftSettings DEFAULT = new DriftSettings(90, Rhythm.WEEKLY);

    private static final double MOST_DAYS = 3650;

    public DriftSettings {
        if (!(daysPerFalseAlarm >= 1 && daysPerFalseAlarm <= MOST_DAYS)) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "One false alarm in %s days cannot be declared. Give 1 to 3650 days.".formatted(daysPerFalseAlarm));
        }
    }
}
