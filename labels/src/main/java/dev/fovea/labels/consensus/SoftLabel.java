package dev.fovea.labels.consensus;

import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.catalog.Dataset;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.labels.queue.Vote;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.WilsonInterval;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The label in force of a whole image as probabilities, with what they rest on.
 *
 * @param people who voted on the image
 * @param uncertainty 0 where the label is certain, 1 where all classes are equally probable: the entropy of the
 *     probabilities by that of the uniform distribution; of images with any number of classes, the mean over the
 *     classes
 * @param classes those with a probability or a vote, the most probable first
 */
public record SoftLabel(int people, double uncertainty, List<ClassProbability> classes) {

    private static final double CERTAIN = 1e-12;

    public SoftLabel {
        classes = List.copyOf(classes);
    }

    /**
     * A class.
     *
     * @param label the class
     * @param probability of it by the consensus; 0 or 1 where the label is certain
     * @param votes people who said it
     * @param share of all such people who would say it, estimated from the votes, at 95 % confidence (Wilson); wide
     *     where few have voted
     */
    public record ClassProbability(String label, double probability, int votes, Interval share) {}

    /** The label in force of an image; empty where nobody voted on it, and for objects. */
    public static Optional<SoftLabel> of(Dataset dataset, DatasetItem item, List<Vote> votes) {
        return item.label()
                .map(label -> label.content().value())
                .flatMap(value -> value instanceof ClassLabels labels
                        ? of(labels, votes, dataset.labels(), dataset.task() == ImageTask.CLASSIFICATION)
                        : Optional.empty());
    }

    /**
     * A label in force, if people voted on the image.
     *
     * @param label in force
     * @param votes on the image
     * @param known the classes of the data set
     * @param isExclusive whether an image has one class
     */
    static Optional<SoftLabel> of(ClassLabels label, List<Vote> votes, List<String> known, boolean isExclusive) {
        if (votes.isEmpty()) {
            return Optional.empty();
        }
        TreeSet<String> named = new TreeSet<>(label.classes());
        named.addAll(label.weights().keySet());
        votes.forEach(vote -> named.addAll(vote.value().classes()));
        List<ClassProbability> classes = named.stream()
                .map(name -> probability(name, label, votes))
                .sorted(Comparator.comparingDouble(ClassProbability::probability)
                        .reversed()
                        .thenComparing(ClassProbability::label))
                .toList();
        double entropy = classes.stream()
                .mapToDouble(each -> isExclusive
                        ? entropy(each.probability())
                        : entropy(each.probability()) + entropy(1 - each.probability()))
                .sum();
        double most = isExclusive ? Math.log(Math.max(2, known.size())) : classes.size() * Math.log(2);
        return Optional.of(
                new SoftLabel(votes.size(), Math.clamp(entropy / Math.max(most, CERTAIN), 0.0, 1.0), classes));
    }

    private static ClassProbability probability(String name, ClassLabels label, List<Vote> votes) {
        double certain = label.classes().contains(name) ? 1 : 0;
        int said = (int) votes.stream()
                .filter(vote -> vote.value().classes().contains(name))
                .count();
        return new ClassProbability(
                name,
                label.weights().isEmpty() ? certain : label.weights().getOrDefault(name, 0.0),
                said,
                WilsonInterval.of(said, votes.size()));
    }

    private static double entropy(double probability) {
        return probability > 0 ? -probability * Math.log(probability) : 0;
    }
}
