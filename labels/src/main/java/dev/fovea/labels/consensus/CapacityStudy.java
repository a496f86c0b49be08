package dev.fovea.labels.consensus;

import com.google.errorprone.annotations.FormatMethod;
import dev.fovea.labels.consensus.LabelCapacity.BacklogForecast;
import dev.fovea.labels.consensus.LabelCapacity.NeedSource;
import dev.fovea.labels.queue.LabelDemand;
import dev.fovea.labels.queue.LabelNeed;
import dev.fovea.labels.queue.LabellingSettings;
import dev.fovea.labels.queue.Vote;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.MeanInterval;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether the labels that people make keep up with those that are needed. Days are the 24 hours before now, those
 * before them and so on, so that a day which has just begun does not look idle. Arrivals are the median of the days,
 * which an import of many images at once does not move. Pure.
 */
final class CapacityStudy {

    private static final double DAY_MINUTES = 24.0 * 60;
    private static final double FARTHEST_DAYS = 3650;
    private static final int MORE_PEOPLE = 2;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu", Locale.ENGLISH);

    private final LabelDemand demand;
    private final Instant now;
    private final double[] made;
    private final double perDay;
    private final double arriving;
    private final double needed;
    private final NeedSource source;
    private final int people;

    private CapacityStudy(
            List<Vote> votes, LabellingSettings settings, LabelNeed need, LabelDemand demand, Instant now) {
        this.demand = demand;
        this.now = now;
        List<Vote> recent =
                votes.stream().filter(vote -> age(vote) < LabelDemand.DAYS).toList();
        made = new double
                [(int) Math.min(
                        LabelDemand.DAYS,
                        1 + votes.stream().mapToLong(this::age).max().orElse(0))];
        recent.forEach(vote -> made[(int) age(vote)]++);
        perDay = (double) recent.size() / made.length;
        people = (int) recent.stream().map(Vote::annotator).distinct().count();
        arriving = median(demand.arrivals()) * need.intakeShare() * settings.perImage();
        needed = need.labelsPerDay().orElse(arriving);
        source = need.labelsPerDay().isPresent() ? NeedSource.DECLARED : NeedSource.ARRIVING;
    }

    static LabelCapacity of(
            List<Vote> votes, LabellingSettings settings, LabelNeed need, LabelDemand demand, Instant now) {
        return new CapacityStudy(votes, settings, need, demand, now).capacity();
    }

    private long age(Vote vote) {
        return Math.max(0, Duration.between(vote.annotation().made(), now).toDays());
    }

    private static double median(List<Integer> counts) {
        int[] sorted = counts.stream().mapToInt(Integer::intValue).sorted().toArray();
        return sorted.length == 0 ? 0 : (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2.0;
    }

    private LabelCapacity capacity() {
        Optional<Interval> interval =
                made.length < 2 ? Optional.empty() : Optional.of(notNegative(MeanInterval.of(made)));
        Optional<BacklogForecast> forecast = done(perDay)
                .map(done -> new BacklogForecast(
                        done,
                        interval.flatMap(each -> done(each.high())).orElse(done),
                        interval.flatMap(each -> done(each.low()))));
        return new LabelCapacity(
                verdict(forecast), perDay, interval, needed, source, demand.labels(), people, forecast);
    }

    private static Interval notNegative(Interval interval) {
        return new Interval(interval.value(), Math.max(0, interval.low()), interval.high());
    }

    /** When the backlog is done at a number of labels per day. */
    private Optional<Instant> done(double rate) {
        double days = demand.labels() == 0 ? 0 : demand.labels() / (rate - arriving);
        return days >= 0 && days <= FARTHEST_DAYS
                ? Optional.of(now.plus(Duration.ofMinutes(Math.round(days * DAY_MINUTES))))
                : Optional.empty();
    }

    private String verdict(Optional<BacklogForecast> forecast) {
        return backlog(forecast) + " " + supply();
    }

    private String backlog(Optional<BacklogForecast> forecast) {
        if (demand.labels() == 0) {
            return "Nothing waits to be labelled.";
        }
        String waiting = text("the backlog of %,d labels", demand.labels());
        if (perDay == 0) {
            return text("Nobody labelled in the last %d days, and %s waits.", LabelDemand.DAYS, waiting);
        }
        double each = perDay / people;
        if (forecast.isEmpty()) {
            int more = (int) Math.max(1, Math.floor((arriving - perDay) / each) + 1);
            return text(
                    "At this rate %s is never done. %s labelling as much as each of those who do now would keep up.",
                    waiting, more == 1 ? "One more person" : text("%,d more people", more));
        }
        BacklogForecast end = forecast.get();
        String range = end.latest()
                .map(latest -> text(" (%s to %s)", date(end.earliest()), date(latest)))
                .orElse(made.length < 2 ? "" : text(" (%s at the earliest, and perhaps never)", date(end.earliest())));
        String more = done(perDay + MORE_PEOPLE * each)
                .filter(sooner -> !date(sooner).equals(date(end.done())))
                .map(sooner -> text(" Two more people would be done on %s.", date(sooner)))
                .orElse("");
        return text("At this rate %s is done on %s%s.%s", waiting, date(end.done()), range, more);
    }

    private String supply() {
        String labels = text("%,.0f labels are made per day", perDay);
        if (needed == 0) {
            return labels + ", and no images arrive.";
        }
        String reason = source == NeedSource.DECLARED ? "the models need" : "the arriving images need";
        return text("%s; %s %,.0f.", labels, reason, needed);
    }

    private static String date(Instant instant) {
        return DATE.format(instant.atZone(ZoneOffset.UTC));
    }

    @FormatMethod
    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
