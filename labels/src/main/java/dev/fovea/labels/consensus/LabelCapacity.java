package dev.fovea.labels.consensus;

import java.time.Instant;
import java.util.Optional;

/**
 * Labels that are made against labels that are needed, the verdict first.
 *
 * @param verdict when the backlog is done, and what more people would change
 * @param rate how fast labels are made
 * @param neededPerDay labels per day that the models need
 * @param need where that figure comes from
 * @param backlog labels that are missing now
 * @param people who labelled in these days
 * @param forecast when the backlog is done; empty when it never is at this rate, and when no rate per day is known
 */
public record LabelCapacity(
        String verdict,
        LabelRate rate,
        double neededPerDay,
        NeedSource need,
        long backlog,
        int people,
        Optional<BacklogForecast> forecast) {

    /** Where the number of labels that are needed per day comes from. */
    public enum NeedSource {
        /** Somebody declared it. */
        DECLARED,
        /** The images that arrive per day, by the share that is labelled and the people per image. */
        ARRIVING
    }

    /**
     * When a backlog is done.
     *
     * @param done at the mean rate
     * @param earliest at the upper end of the rate's interval
     * @param latest at its lower end; empty when the backlog never ends at it, or without an interval
     */
    public record BacklogForecast(Instant done, Instant earliest, Optional<Instant> latest) {}
}
