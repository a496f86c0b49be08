package dev.fovea.labels.consensus;

import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.labels.queue.ConsensusMethod;
import dev.fovea.labels.queue.LabellingSettings;
import dev.fovea.labels.queue.Vote;
import dev.fovea.statistics.agreement.Ratings;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What is known about the people of a data set when their votes are weighed. With {@value #MIN_PEOPLE} people or more
 * and {@value #MIN_IMAGES} images that two or more of them labelled, that is a fit of their votes. Immutable.
 */
public final class Voters {

    /** Nothing is known, so that all votes weigh the same. */
    public static final Voters UNKNOWN = new Voters(
            Map.of(),
            Set.of(),
            Optional.empty(),
            new ConsensusChoice(ConsensusMethod.MAJORITY, "Majority: one person labels each image."));

    static final int MIN_IMAGES = 50;
    private static final int MIN_PEOPLE = 3;

    private final Map<String, Double> weights;
    private final Set<String> below;
    private final Optional<Model> model;
    private final ConsensusChoice choice;

    private record Model(List<String> labels, List<String> people, VotePosterior posterior) {}

    private Voters(Map<String, Double> weights, Set<String> below, Optional<Model> model, ConsensusChoice choice) {
        this.weights = weights;
        this.below = below;
        this.model = model;
        this.choice = choice;
    }

    /** What votes tell about those who made them, by the method and the minimum skill of the settings. */
    public static Voters of(List<Vote> votes, ImageTask task, Collection<String> classes, LabellingSettings settings) {
        Map<String, Double> weights = new HashMap<>();
        Set<String> below = new HashSet<>();
        for (AnnotatorQuality quality : AnnotatorQualities.of(votes, task, classes, settings.minSkill())) {
            weights.put(quality.annotator(), quality.weight());
            if (quality.below()) {
                below.add(quality.annotator());
            }
        }
        Optional<VoteTable> table = VoteTable.of(votes, classes);
        ConsensusChoice choice = choice(table, settings.consensus());
        return new Voters(weights, below, table.flatMap(each -> fit(each, choice.method())), choice);
    }

    /** Which method the settings lead to, with what was voted so far. */
    public static ConsensusChoice choice(List<Vote> votes, Collection<String> classes, ConsensusMethod wanted) {
        return votes.stream().anyMatch(vote -> vote.value() instanceof ObjectLabels)
                ? new ConsensusChoice(
                        ConsensusMethod.MAJORITY,
                        "Objects that half of the people drew; boxes are averaged and pixels voted on by the skill of the people.")
                : choice(VoteTable.of(votes, classes), wanted);
    }

    private static ConsensusChoice choice(Optional<VoteTable> table, ConsensusMethod wanted) {
        int people = table.map(each -> each.ratings().annotators()).orElse(0);
        long overlapping = table.map(Voters::overlapping).orElse(0L);
        String found = "%d people and %,d images that two or more of them labelled".formatted(people, overlapping);
        boolean isEnough = people >= MIN_PEOPLE && overlapping >= MIN_IMAGES;
        return switch (wanted) {
            case MAJORITY -> new ConsensusChoice(ConsensusMethod.MAJORITY, "Majority, as set.");
            case AUTO ->
                isEnough
                        ? new ConsensusChoice(
                                ConsensusMethod.DAWID_SKENE,
                                "Dawid–Skene, chosen by auto: %s tell the people apart.".formatted(found))
                        : tooFew("Majority, chosen by auto", found);
            case DAWID_SKENE, DIFFICULTY ->
                isEnough
                        ? new ConsensusChoice(
                                wanted,
                                wanted == ConsensusMethod.DIFFICULTY
                                        ? "The difficulty-aware model, as set."
                                        : "Dawid–Skene, as set.")
                        : tooFew("Majority, although %s is set".formatted(wanted), found);
        };
    }

    private static ConsensusChoice tooFew(String what, String found) {
        return new ConsensusChoice(
                ConsensusMethod.MAJORITY,
                "%s: there are %s; %d people and %d images tell people apart."
                        .formatted(what, found, MIN_PEOPLE, MIN_IMAGES));
    }

    private static long overlapping(VoteTable table) {
        Ratings ratings = table.ratings();
        return IntStream.range(0, ratings.items())
                .filter(item -> ratings.count(item) > 1)
                .count();
    }

    private static Optional<Model> fit(VoteTable table, ConsensusMethod method) {
        return switch (method) {
            case AUTO, MAJORITY -> Optional.empty();
            case DAWID_SKENE ->
                Optional.of(new Model(table.labels(), table.annotators(), VotePosterior.dawidSkene(table)));
            case DIFFICULTY ->
                Optional.of(new Model(table.labels(), table.annotators(), VotePosterior.difficulty(table)));
        };
    }

    /** The method in use. */
    public ConsensusChoice choice() {
        return choice;
    }

    /** Whether a person's skill is below the minimum. */
    boolean isBelow(String person) {
        return below.contains(person);
    }

    /** Weight of a person's boxes. */
    double weight(String person) {
        return weights.getOrDefault(person, 0.5);
    }

    /** Probability of each label given votes; empty without a fit, or where somebody or a label is unknown to it. */
    Optional<Map<String, Double>> posterior(List<Vote> votes) {
        if (model.isEmpty()) {
            return Optional.empty();
        }
        Model fitted = model.get();
        int[] people = votes.stream()
                .mapToInt(vote -> fitted.people().indexOf(vote.annotator()))
                .toArray();
        int[] labels = votes.stream()
                .mapToInt(vote -> fitted.labels().indexOf(VoteTable.label(vote)))
                .toArray();
        if (IntStream.concat(IntStream.of(people), IntStream.of(labels)).anyMatch(index -> index < 0)) {
            return Optional.empty();
        }
        double[] probabilities = fitted.posterior().of(people, labels);
        Map<String, Double> posterior = new HashMap<>();
        for (int k = 0; k < probabilities.length; k++) {
            posterior.put(fitted.labels().get(k), probabilities[k]);
        }
        return Optional.of(posterior);
    }
}
