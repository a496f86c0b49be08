package dev.fovea.labels.consensus;

import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.labels.queue.Ballot;
import dev.fovea.labels.queue.Settlement;
import dev.fovea.labels.queue.Vote;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which label is in force, given the votes of people. A reviewer's decision comes before; it is not asked then.
 *
 * <p>Where one person is to label an image, the newest annotation is in force, except one whose lease had expired when
 * somebody else had labelled the image. Where k people are, no label is in force until k have voted; then the majority
 * is, as a soft label with the share of each class. Of classes with equally many votes, the image's hash picks one,
 * which favours no class; people are said to disagree about the image. A class of several per image applies when more
 * than half say so.
 */
public final class LabelRule implements Settlement.VotingRule {

    private final List<String> labels;

    /** A rule for a data set with classes. */
    public LabelRule(List<String> labels) {
        this.labels = List.copyOf(labels);
    }

    @Override
    public Settlement of(Ballot ballot) {
        if (ballot.needed() <= 1) {
            return single(ballot);
        }
        if (ballot.votes().size() < ballot.needed()) {
            return new Settlement.Waiting();
        }
        return switch (ballot.newest().value()) {
            case ClassLabels _ -> majority(ballot);
            default -> new Settlement.Adopted(ballot.newest());
        };
    }

    private static Settlement single(Ballot ballot) {
        boolean byOther = ballot.label()
                .filter(label ->
                        !label.content().annotator().equals(ballot.newest().annotator()))
                .isPresent();
        return ballot.late() && byOther ? new Settlement.Unchanged() : new Settlement.Adopted(ballot.newest());
    }

    private Settlement majority(Ballot ballot) {
        Map<List<String>, Integer> counts =
                new TreeMap<>(java.util.Comparator.comparing((List<String> classes) -> String.join("\n", classes)));
        for (Vote vote : ballot.votes()) {
            counts.merge(vote.value().classes(), 1, Integer::sum);
        }
        int most = counts.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
        List<List<String>> tied = counts.entrySet().stream()
                .filter(entry -> entry.getValue() == most)
                .map(Map.Entry::getKey)
                .toList();
        List<String> winner =
                tied.get(Math.floorMod(Long.hashCode(ballot.newest().image().last()), tied.size()));
        Map<String, Double> weights = new TreeMap<>();
        if (counts.size() > 1) {
            counts.forEach((classes, votes) -> classes.forEach(
                    name -> weights.merge(name, (double) votes / ballot.votes().size(), Double::sum)));
            weights.keySet().retainAll(labels);
            weights.replaceAll((_, weight) -> Math.min(1, weight));
        }
        return new Settlement.Agreed(
                new ClassLabels(winner, weights), (double) most / ballot.votes().size(), counts.size() > 1);
    }
}
