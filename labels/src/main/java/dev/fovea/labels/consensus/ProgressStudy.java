package dev.fovea.labels.consensus;

import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.labels.consensus.LabellingProgress.ClassProgress;
import dev.fovea.labels.consensus.LabellingProgress.PersonProgress;
import dev.fovea.labels.queue.LabelDemand;
import dev.fovea.labels.queue.LabelNeed;
import dev.fovea.labels.queue.LabellingSettings;
import dev.fovea.labels.queue.Vote;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What was labelled, how fast, and how long the rest will take. Pure. */
public final class ProgressStudy {

    private ProgressStudy() {}

    /**
     * The progress.
     *
     * @param demand what is to be labelled
     * @param now end of the days that are looked at
     */
    public static LabellingProgress of(
            List<Vote> votes,
            ImageTask task,
            Collection<String> classes,
            LabellingSettings settings,
            LabelNeed need,
            LabelDemand demand,
            Instant now) {
        Map<String, List<Vote>> byPerson = votes.stream().collect(Collectors.groupingBy(Vote::annotator));
        List<PersonProgress> people = AnnotatorQualities.of(votes, task, classes, settings.minSkill()).stream()
                .map(quality -> {
                    List<Vote> own = byPerson.getOrDefault(quality.annotator(), List.of());
                    return new PersonProgress(quality, medianMillis(own), byClass(classes, own));
                })
                .toList();
        return new LabellingProgress(
                people,
                byClass(classes, votes),
                demand.images(),
                CapacityStudy.of(votes, settings, need, demand, now),
                PrefillStudy.of(votes, classes));
    }

    private static List<ClassProgress> byClass(Collection<String> classes, List<Vote> votes) {
        return classes.stream().map(name -> ofClass(name, votes)).toList();
    }

    private static ClassProgress ofClass(String name, List<Vote> votes) {
        List<Vote> of = votes.stream()
                .filter(vote -> vote.value().classes().contains(name))
                .toList();
        return new ClassProgress(name, of.size(), medianMillis(of));
    }

    /** The median time of votes whose time is known. */
    static Optional<Long> medianMillis(List<Vote> votes) {
        long[] millis = votes.stream()
                .flatMap(vote -> vote.annotation().content().millis().stream())
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
        return millis.length == 0
                ? Optional.empty()
                : Optional.of((millis[(millis.length - 1) / 2] + millis[millis.length / 2]) / 2);
    }
}
