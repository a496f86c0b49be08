package dev.fovea.labels.consensus;

import com.google.errorprone.annotations.FormatMethod;
import dev.fovea.labels.consensus.LabelCapacity.BacklogForecast;
import dev.fovea.labels.consensus.LabelCapacity.NeedSource;
import dev.fovea.labels.queue.LabelDemand;
import dev.fovea.labels.queue.LabelNeed;
import dev.fovea.labels.queue.LabellingSettings;
import dev.fovea.labels.queue.Vote;
import dev.fovea.statistics.Interval;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether the labels that people make keep up with those that are needed. Arrivals are the median of the days, which an
 * import of many images at once does not move. Pure.
 */
final class CapacityStudy {

    private static final double DAY_MINUTES = 24.0 * 60;
    private static final double FARTHEST_DAYS = 3650;
    private static final int MORE_PEOPLE = 2;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu", Locale.ENGLISH);

    private final LabelDemand demand;
    private final Instant now;
    private final LabelRate rate;
    private final double arriving;
    private final double needed;
    private final NeedSource source;
    private final int people;

    private CapacityStudy(
            List<Vote> votes, LabellingSettings settings, LabelNeed need, LabelDemand demand, Instant now) {
        this.demand = demand;
        this.now = now;
        rate = LabelRate.of(votes, now);
        people = (int) LabelRate.recent(votes, now).stream()
                .map(Vote::annotator)
                .distinct()
                .count();
        arriving = median(demand.arrivals()) * need.intakeShare() * settings.perImage();
        needed = need.labelsPerDay().orElse(arriving);
        source = need.labelsPerDay().isPresent() ? NeedSource.DECLARED : NeedSource.ARRIVING;
    }

    static LabelCapacity of(
            List<Vote> votes, LabellingSettings settings, LabelNeed need, LabelDemand demand, Instant now) {
        return new CapacityStudy(votes, settings, need, demand, now).capacity();
    }

    private static double median(List<Integer> counts) {
        int[] sorted = counts.stream().mapToInt(Integer::intValue).sorted().toArray();
        return sorted.length == 0 ? 0 : (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2.0;
    }

    private LabelCapacity capacity() {
        Optional<Interval> interval = rate.interval();
        Optional<BacklogForecast> forecast = rate.perDay()
                .flatMap(this::done)
                .map(done -> new BacklogForecast(
                        done,
                        interval.flatMap(each -> done(each.high())).orElse(done),
                        interval.flatMap(each -> done(each.low()))));
        return new LabelCapacity(verdict(forecast), rate, needed, source, demand.labels(), people, forecast);
    }

    /** When the backlog is done at a number of labels per day. */
    private Optional<Instant> done(double labelsPerDay) {
        double days = demand.labels() == 0 ? 0 : demand.labels() / (labelsPerDay - arriving);
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
        String waiting = "the backlog of " + labels(demand.labels());
        if (rate.perDay().isEmpty()) {
            return text(
                    "No forecast of %s is possible yet: people labelled on %d of the last %d days, and a rate per day needs %d.",
                    waiting, rate.daysWorked(), LabelDemand.DAYS, LabelRate.MIN_DAYS);
        }
        double perDay = rate.perDay().get();
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
                .orElse(text(" (%s at the earliest, and perhaps never)", date(end.earliest())));
        String more = done(perDay + MORE_PEOPLE * each)
                .filter(sooner -> !date(sooner).equals(date(end.done())))
                .map(sooner -> text(" Two more people would be done on %s.", date(sooner)))
                .orElse("");
        return text("At this rate %s is done on %s%s.%s", waiting, date(end.done()), range, more);
    }

    private String supply() {
        String made = rate.perDay()
                .map(perDay -> text("%,.0f labels are made per day", perDay))
                .orElseGet(this::work);
        if (needed == 0) {
            return made + ", and no images arrive.";
        }
        String reason = source == NeedSource.DECLARED ? "the models need" : "the arriving images need";
        return text("%s; %s %,.0f%s.", made, reason, needed, rate.perDay().isPresent() ? "" : " per day");
    }

    /** What is known without a rate per day. */
    private String work() {
        String made = labels(rate.labels()) + (rate.labels() == 1 ? " was made" : " were made");
        return rate.perHour()
                .map(perHour -> text("%s in %s of work, %,.0f per hour of work", made, time(rate.worked()), perHour))
                .orElse(made);
    }

    private static String labels(long count) {
        return text("%,d %s", count, count == 1 ? "label" : "labels");
    }

    private static String time(Duration worked) {
        double seconds = worked.toMillis() / 1000.0;
        return seconds < 90
                ? text("%.0f s", seconds)
                : seconds < 5400 ? text("%.0f min", seconds / 60) : text("%.1f h", seconds / 3600);
    }

    private static String date(Instant instant) {
        return DATE.format(instant.atZone(ZoneOffset.UTC));
    }

    @FormatMethod
    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
