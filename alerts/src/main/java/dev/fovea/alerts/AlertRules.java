package dev.fovea.alerts;

import java.time.Duration;

/**
 * When an alert is resolved, and when it is raised again.
 *
 * @param resolveAfter an alert is resolved when its condition did not hold for so long. Doubles each time that it holds
 *     again before, or soon after, so that a condition that comes and goes is told ever less often
 * @param reopenWithin a condition that holds again so soon after it was resolved is the same alert
 * @param forgetAfter an alert that nobody reported for so long is resolved: its server is gone
 */
public record AlertRules(Duration resolveAfter, Duration reopenWithin, Duration forgetAfter) {

    /** A minute, an hour, ten minutes. */
    public static final AlertRules DEFAULT =
            new AlertRules(Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofMinutes(10));

    /** Conditions that come and go are resolved after an hour at most. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private static final int MOST_DOUBLINGS = 12;

    /** For how long the condition of an alert must not hold until the alert is resolved. */
    Duration hold(int raises) {
        Duration hold = resolveAfter.multipliedBy(1L << Math.min(raises - 1, MOST_DOUBLINGS));
        return hold.compareTo(LONGEST) < 0 || resolveAfter.compareTo(LONGEST) > 0 ? hold : LONGEST;
    }
}
