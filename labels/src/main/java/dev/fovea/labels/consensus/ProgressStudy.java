package dev.fovea.labels.consensus;

import dev.fovea.labels.consensus.LabellingProgress.Anchoring;
import dev.fovea.labels.consensus.LabellingProgress.ClassProgress;
import dev.fovea.labels.consensus.LabellingProgress.PersonProgress;
import dev.fovea.labels.consensus.LabellingProgress.PrefillUse;
import dev.fovea.labels.queue.LabellingSettings;
import dev.fovea.labels.queue.Vote;
import dev.fovea.statistics.WilsonInterval;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Capacity: what was labelled, how fast, and how long the rest will take. Pure. */
public final class ProgressStudy {

    /** Days that the rate is the mean of. */
    static final int DAYS = 7;

    private ProgressStudy() {}

    /**
     * The progress.
     *
     * @param backlog images that are to be labelled
     * @param now end of the days that the rate is the mean of
     */
    public static LabellingProgress of(
            List<Vote> votes, Collection<String> classes, LabellingSettings settings, long backlog, Instant now) {
        Map<String, List<Vote>> byPerson = votes.stream().collect(Collectors.groupingBy(Vote::annotator));
        List<PersonProgress> people = AnnotatorQualities.of(votes, classes, settings.minSkill()).stream()
                .map(quality -> person(quality, byPerson.getOrDefault(quality.annotator(), List.of())))
                .toList();
        double perDay = perDay(votes, now);
        return new LabellingProgress(
                people,
                classes.stream().map(name -> ofClass(name, votes)).toList(),
                backlog,
                perDay,
                perDay == 0 ? Optional.empty() : Optional.of(backlog * settings.perImage() / perDay),
                classes.stream().flatMap(name -> use(name, votes).stream()).toList(),
                anchoring(votes));
    }

    private static PersonProgress person(AnnotatorQuality quality, List<Vote> votes) {
        Map<String, Integer> byClass = new TreeMap<>();
        votes.forEach(vote -> vote.value().classes().forEach(name -> byClass.merge(name, 1, Integer::sum)));
        return new PersonProgress(quality, medianMillis(votes), byClass);
    }

    private static ClassProgress ofClass(String name, List<Vote> votes) {
        List<Vote> of = votes.stream()
                .filter(vote -> vote.value().classes().contains(name))
                .toList();
        return new ClassProgress(name, of.size(), medianMillis(of));
    }

    private static Optional<Long> medianMillis(List<Vote> votes) {
        long[] millis = votes.stream()
                .flatMap(vote -> vote.annotation().content().millis().stream())
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
        return millis.length == 0
                ? Optional.empty()
                : Optional.of((millis[(millis.length - 1) / 2] + millis[millis.length / 2]) / 2);
    }

    private static double perDay(List<Vote> votes, Instant now) {
        Instant from = now.minus(Duration.ofDays(DAYS));
        List<Instant> made = votes.stream()
                .map(vote -> vote.annotation().made())
                .filter(instant -> instant.isAfter(from))
                .sorted()
                .toList();
        if (made.isEmpty()) {
            return 0;
        }
        boolean before =
                votes.stream().anyMatch(vote -> !vote.annotation().made().isAfter(from));
        double days = before
                ? DAYS
                : Math.max(1, Duration.between(made.getFirst(), now).toMinutes() / (24.0 * 60));
        return made.size() / days;
    }

    private static Optional<PrefillUse> use(String name, List<Vote> votes) {
        List<Vote> shown = votes.stream()
                .filter(vote -> vote.suggestion()
                        .filter(offer -> !offer.hidden()
                                && offer.prefill().value().classes().contains(name))
                        .isPresent())
                .toList();
        int accepted = (int) shown.stream().filter(ProgressStudy::isKept).count();
        return shown.isEmpty()
                ? Optional.empty()
                : Optional.of(new PrefillUse(name, accepted, shown.size() - accepted));
    }

    private static boolean isKept(Vote vote) {
        return vote.suggestion().orElseThrow().prefill().value().equals(vote.value());
    }

    private static Optional<Anchoring> anchoring(List<Vote> votes) {
        Map<Boolean, List<Vote>> byHidden = votes.stream()
                .filter(vote -> vote.suggestion().isPresent())
                .collect(Collectors.partitioningBy(
                        vote -> vote.suggestion().orElseThrow().hidden()));
        List<Vote> shown = byHidden.getOrDefault(false, List.of());
        List<Vote> hidden = byHidden.getOrDefault(true, List.of());
        if (shown.isEmpty() || hidden.isEmpty()) {
            return Optional.empty();
        }
        Optional<Long> without = medianMillis(hidden);
        return Optional.of(new Anchoring(
                WilsonInterval.of(shown.stream().filter(ProgressStudy::isKept).count(), shown.size()),
                WilsonInterval.of(hidden.stream().filter(ProgressStudy::isKept).count(), hidden.size()),
                medianMillis(shown).flatMap(with -> without.map(each -> each - with))));
    }
}
