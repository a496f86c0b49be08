package dev.fovea.labels.consensus;

import dev.fovea.labels.queue.Vote;
import dev.fovea.statistics.agreement.AnnotatorConfusion;
import dev.fovea.statistics.agreement.ConfusionFit;
import dev.fovea.statistics.agreement.DawidSkene;
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
 * What is known about the people of a data set when their votes are weighed. With three people or more and
 * {@value #MIN_IMAGES} images that two or more of them labelled, that is a fit of {@link DawidSkene}. Immutable.
 */
public final class Voters {

    /** Nothing is known, so that all votes weigh the same. */
    public static final Voters UNKNOWN = new Voters(Map.of(), Set.of(), Optional.empty());

    static final int MIN_IMAGES = 50;
    private static final int MIN_PEOPLE = 3;

    private final Map<String, Double> weights;
    private final Set<String> below;
    private final Optional<Model> model;

    private record Model(List<String> labels, List<Double> prior, Map<String, AnnotatorConfusion> confusions) {}

    private Voters(Map<String, Double> weights, Set<String> below, Optional<Model> model) {
        this.weights = weights;
        this.below = below;
        this.model = model;
    }

    /** What votes tell about those who made them. */
    public static Voters of(List<Vote> votes, Collection<String> classes, Optional<Double> minSkill) {
        Map<String, Double> weights = new HashMap<>();
        Set<String> below = new HashSet<>();
        for (AnnotatorQuality quality : AnnotatorQualities.of(votes, classes, minSkill)) {
            weights.put(quality.annotator(), quality.weight());
            if (quality.below()) {
                below.add(quality.annotator());
            }
        }
        return new Voters(weights, below, VoteTable.of(votes, classes).flatMap(Voters::fit));
    }

    private static Optional<Model> fit(VoteTable table) {
        Ratings ratings = table.ratings();
        long overlapping = IntStream.range(0, ratings.items())
                .filter(item -> ratings.count(item) > 1)
                .count();
        if (ratings.annotators() < MIN_PEOPLE || overlapping < MIN_IMAGES) {
            return Optional.empty();
        }
        ConfusionFit fit = DawidSkene.fit(ratings);
        Map<String, AnnotatorConfusion> confusions = new HashMap<>();
        for (int j = 0; j < table.annotators().size(); j++) {
            confusions.put(table.annotators().get(j), fit.confusions().get(j));
        }
        return Optional.of(new Model(table.labels(), fit.prior(), confusions));
    }

    /** Whether a person's skill is below the minimum. */
    boolean isBelow(String person) {
        return below.contains(person);
    }

    /** Weight of a person's boxes. */
    double weight(String person) {
        return weights.getOrDefault(person, 0.5);
    }

    /**
     * Probability of each label given votes, by Bayes' rule with the fitted confusions; empty without a fit, or where
     * somebody or a label is unknown to it.
     */
    Optional<Map<String, Double>> posterior(List<Vote> votes) {
        if (model.isEmpty()) {
            return Optional.empty();
        }
        Model fitted = model.get();
        boolean known = votes.stream()
                .allMatch(vote -> fitted.confusions().containsKey(vote.annotator())
                        && fitted.labels().contains(VoteTable.label(vote)));
        if (!known) {
            return Optional.empty();
        }
        double[] logs = fitted.prior().stream()
                .mapToDouble(share -> Math.log(Math.max(share, Double.MIN_NORMAL)))
                .toArray();
        for (Vote vote : votes) {
            AnnotatorConfusion confusion = Optional.ofNullable(
                            fitted.confusions().get(vote.annotator()))
                    .orElseThrow();
            int label = fitted.labels().indexOf(VoteTable.label(vote));
            for (int k = 0; k < logs.length; k++) {
                logs[k] += Math.log(Math.max(confusion.probability(k, label), Double.MIN_NORMAL));
            }
        }
        double max = java.util.Arrays.stream(logs).max().orElseThrow();
        double sum =
                java.util.Arrays.stream(logs).map(log -> Math.exp(log - max)).sum();
        Map<String, Double> posterior = new HashMap<>();
        for (int k = 0; k < logs.length; k++) {
            posterior.put(fitted.labels().get(k), Math.exp(logs[k] - max) / sum);
        }
        return Optional.of(posterior);
    }
}
