package dev.fovea.labels.consensus;

import dev.fovea.labels.queue.LabelDemand;
import dev.fovea.labels.queue.Vote;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.MeanInterval;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How fast people label, over the last {@value LabelDemand#DAYS} days or fewer since the first label. Days are the 24
 * hours before now, those before them and so on, so that a day which has just begun does not look idle. A rate per day
 * needs labels on {@value #MIN_DAYS} of them: one burst of work says how fast a person is, and not how much of a day is
 * worked.
 *
 * @param labels made in these days
 * @param daysWorked days with a label
 * @param perDay mean; empty with labels on too few days
 * @param interval of {@code perDay}
 * @param worked time at work, of all people together: from label to label of a person, without pauses of more than
 *     {@value #PAUSE_MINUTES} minutes
 */
public record LabelRate(
        int labels, int daysWorked, Optional<Double> perDay, Optional<Interval> interval, Duration worked) {

    /** Days with labels that a rate per day needs. */
    public static final int MIN_DAYS = 3;

    private static final int PAUSE_MINUTES = 5;
    private static final long PAUSE_MILLIS = Duration.ofMinutes(PAUSE_MINUTES).toMillis();
    private static final double HOUR_MILLIS = Duration.ofHours(1).toMillis();

    /** The rate at which votes were made. Without any in these days it is 0. */
    static LabelRate of(List<Vote> votes, Instant now) {
        List<Vote> recent = recent(votes, now);
        double[] made = new double
                [(int) Math.min(
                        LabelDemand.DAYS,
                        1
                                + votes.stream()
                                        .mapToLong(vote -> age(vote, now))
                                        .max()
                                        .orElse(0))];
        recent.forEach(vote -> made[(int) age(vote, now)]++);
        int days = (int) Arrays.stream(made).filter(count -> count > 0).count();
        boolean isKnown = days == 0 || days >= MIN_DAYS;
        return new LabelRate(
                recent.size(),
                days,
                isKnown ? Optional.of((double) recent.size() / made.length) : Optional.empty(),
                isKnown && made.length > 1 ? Optional.of(notNegative(MeanInterval.of(made))) : Optional.empty(),
                worked(recent));
    }

    /** Labels per hour of one person's work; empty where no time is known. */
    public Optional<Double> perHour() {
        return worked.isZero() ? Optional.empty() : Optional.of(labels / (worked.toMillis() / HOUR_MILLIS));
    }

    static List<Vote> recent(List<Vote> votes, Instant now) {
        return votes.stream().filter(vote -> age(vote, now) < LabelDemand.DAYS).toList();
    }

    private static long age(Vote vote, Instant now) {
        return Math.max(0, Duration.between(vote.annotation().made(), now).toDays());
    }

    private static Interval notNegative(Interval interval) {
        return new Interval(interval.value(), Math.max(0, interval.low()), interval.high());
    }

    private static Duration worked(List<Vote> votes) {
        Map<String, List<Vote>> byPerson = votes.stream().collect(Collectors.groupingBy(Vote::annotator));
        return Duration.ofMillis(
                byPerson.values().stream().mapToLong(LabelRate::millis).sum());
    }

    /** The first label of a session took what its annotation states, the others the time since the one before. */
    private static long millis(List<Vote> ofOnePerson) {
        List<Vote> inOrder = ofOnePerson.stream()
                .sorted(Comparator.comparing(vote -> vote.annotation().made()))
                .toList();
        long sum = 0;
        Instant before = Instant.MIN;
        for (Vote vote : inOrder) {
            Instant made = vote.annotation().made();
            long pause = before.equals(Instant.MIN)
                    ? Long.MAX_VALUE
                    : Duration.between(before, made).toMillis();
            sum += pause <= PAUSE_MILLIS
                    ? pause
                    : Math.min(
                            PAUSE_MILLIS, vote.annotation().content().millis().orElse(0L));
            before = made;
        }
        return sum;
    }
}
