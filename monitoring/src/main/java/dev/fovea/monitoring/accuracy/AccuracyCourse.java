package dev.fovea.monitoring.accuracy;

import dev.fovea.registry.VersionId;
import dev.fovea.statistics.Interval;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How right a version was on each day.
 *
 * @param days those with predictions, in their order
 */
public record AccuracyCourse(VersionId version, List<AccuracyDay> days) {

    public AccuracyCourse {
        days = List.copyOf(days);
    }

    /**
     * A day.
     *
     * @param from when it begins
     * @param predictions that were judged
     * @param estimated without labels; absent without held-out images or with too few predictions
     * @param known with the labels of this day's predictions; absent without any that count as a random sample
     */
    public record AccuracyDay(Instant from, int predictions, Optional<Interval> estimated, Optional<KnownDay> known) {}

    /** Accuracy from labels, and how many there are. */
    public record KnownDay(Interval accuracy, int labels) {}
}
