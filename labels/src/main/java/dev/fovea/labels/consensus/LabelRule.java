package dev.fovea.labels.consensus;

import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.labels.queue.Ballot;
import dev.fovea.labels.queue.Settlement;
import dev.fovea.labels.queue.Vote;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which label is in force, given the votes of people. Where a reviewer decided, the rule is not applied.
 *
 * <ol>
 *   <li>Votes of people below the minimum skill do not count where anybody else voted, and neither do votes for classes
 *       that the data set no longer has.
 *   <li>Where one person is to label an image, the newest annotation is in force, except one whose lease had expired
 *       when somebody else had labelled the image.
 *   <li>Where k people are, no label is in force until k have voted. Then the consensus is: by the fit that
 *       {@link Voters} has, otherwise by majority. Both give a soft label; of classes that are equally probable the
 *       image's hash picks one, which favours no class. Objects are merged by {@link ObjectConsensus}.
 *   <li>People disagree about an image when not all votes are equal; about objects, when one differs from the consensus
 *       by more than {@value #MAX_DISTANCE}.
 * </ol>
 */
public final class LabelRule implements Settlement.VotingRule {

    private static final double MAX_DISTANCE = 0.25;
    private static final double TIE = 1e-9;

    private final ImageTask task;
    private final List<String> labels;
    private final Voters voters;

    /** A rule for a data set with a task, classes and people. */
    public LabelRule(ImageTask task, List<String> labels, Voters voters) {
        this.task = task;
        this.labels = List.copyOf(labels);
        this.voters = voters;
    }

    @Override
    public Settlement of(Ballot ballot) {
        List<Vote> valid = ballot.votes().stream()
                .filter(vote -> labels.containsAll(vote.value().classes()))
                .toList();
        List<Vote> skilled =
                valid.stream().filter(vote -> !voters.isBelow(vote.annotator())).toList();
        List<Vote> votes = skilled.isEmpty() ? valid : skilled;
        int needed = Math.max(1, ballot.needed() - (valid.size() - votes.size()));
        if (votes.isEmpty() || votes.size() < needed) {
            return new Settlement.Waiting();
        }
        if (needed == 1) {
            return single(ballot, votes);
        }
        return switch (votes.getFirst().value()) {
            case ClassLabels _ -> classes(votes);
            case ObjectLabels _ -> objects(votes);
        };
    }

    private static Settlement single(Ballot ballot, List<Vote> votes) {
        Vote vote = votes.contains(ballot.newest()) ? ballot.newest() : votes.getLast();
        boolean byOther = ballot.label()
                .filter(label -> !label.content().annotator().equals(vote.annotator()))
                .isPresent();
        return ballot.late() && byOther ? new Settlement.Unchanged() : new Settlement.Adopted(vote);
    }

    private Settlement classes(List<Vote> votes) {
        Map<String, List<String>> classes = new TreeMap<>();
        Map<String, Double> shares = new HashMap<>();
        for (Vote vote : votes) {
            classes.put(VoteTable.label(vote), vote.value().classes());
            shares.merge(VoteTable.label(vote), 1.0 / votes.size(), Double::sum);
        }
        labels.forEach(label -> classes.putIfAbsent(label, List.of(label)));
        Optional<Map<String, Double>> posterior = voters.posterior(votes);
        Map<String, Double> probabilities = posterior.orElse(shares);
        double most = probabilities.values().stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElseThrow();
        List<List<String>> tied = classes.entrySet().stream()
                .filter(entry -> probabilities.getOrDefault(entry.getKey(), 0.0) >= most - TIE)
                .map(Map.Entry::getValue)
                .toList();
        List<String> winner =
                tied.get(Math.floorMod(Long.hashCode(votes.getFirst().image().last()), tied.size()));
        boolean unanimous = shares.size() == 1;
        Map<String, Double> weights = new TreeMap<>();
        if (posterior.isPresent() || !unanimous) {
            probabilities.forEach((label, probability) -> classes.getOrDefault(label, List.of())
                    .forEach(name -> weights.merge(name, probability, Double::sum)));
            weights.replaceAll((_, weight) -> Math.min(1, weight));
            weights.values().removeIf(weight -> weight < 1e-6);
        }
        return new Settlement.Agreed(new ClassLabels(winner, weights), Math.min(1, most), !unanimous);
    }

    private Settlement objects(List<Vote> votes) {
        ObjectLabels merged = ObjectConsensus.of(votes, voters, task);
        double furthest = votes.stream()
                .mapToDouble(vote -> ObjectMatching.distance(merged, (ObjectLabels) vote.value(), task))
                .max()
                .orElse(0);
        return new Settlement.Agreed(merged, 1 - furthest, furthest > MAX_DISTANCE);
    }
}
