package dev.fovea.labels.consensus;

import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.labels.queue.Vote;
import dev.fovea.statistics.agreement.Ratings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Votes on whole images as a table of nominal labels. Each combination of classes is a label of its own, so that votes
 * of several classes per image agree when they are equal. Votes that name classes which the data set no longer has are
 * left out.
 *
 * @param images in the order of the rows
 * @param annotators in the order of the columns
 * @param labels combinations of classes, joined by {@value #JOIN}, in the order of the indices
 * @param ratings the table
 */
public record VoteTable(List<ContentHash> images, List<String> annotators, List<String> labels, Ratings ratings) {

    private static final String JOIN = " + ";

    /** The table of votes; empty without a vote on a whole image. */
    public static Optional<VoteTable> of(List<Vote> votes, Collection<String> classes) {
        List<Vote> counted = votes.stream()
                .filter(vote -> vote.value() instanceof ClassLabels
                        && classes.containsAll(vote.value().classes()))
                .toList();
        if (counted.isEmpty()) {
            return Optional.empty();
        }
        Map<ContentHash, Integer> images = new LinkedHashMap<>();
        Map<String, Integer> annotators =
                indices(new TreeSet<>(counted.stream().map(Vote::annotator).toList()));
        TreeSet<String> found =
                new TreeSet<>(counted.stream().map(VoteTable::label).toList());
        List<String> known = new ArrayList<>(classes);
        known.addAll(found.stream().filter(label -> !classes.contains(label)).toList());
        Map<String, Integer> labels = indices(known);
        int[] items = new int[counted.size()];
        int[] raters = new int[counted.size()];
        int[] given = new int[counted.size()];
        for (int i = 0; i < items.length; i++) {
            Vote vote = counted.get(i);
            items[i] = images.computeIfAbsent(vote.image(), _ -> images.size());
            raters[i] = index(annotators, vote.annotator());
            given[i] = index(labels, label(vote));
        }
        return Optional.of(new VoteTable(
                List.copyOf(images.keySet()),
                List.copyOf(annotators.keySet()),
                List.copyOf(labels.keySet()),
                Ratings.of(labels.size(), images.size(), annotators.size(), items, raters, given)));
    }

    /** The single classes of the labels, in alphabetical order. */
    List<String> classes() {
        return labels.stream()
                .flatMap(label -> Arrays.stream(label.split(Pattern.quote(JOIN))))
                .filter(label -> !label.isEmpty())
                .sorted()
                .distinct()
                .toList();
    }

    /** Whether a label, by its index, names a class. */
    boolean isOf(int label, String name) {
        return Arrays.asList(labels.get(label).split(Pattern.quote(JOIN))).contains(name);
    }

    /** The classes of a vote as one label. */
    static String label(Vote vote) {
        return String.join(JOIN, vote.value().classes());
    }

    private static Map<String, Integer> indices(Collection<String> names) {
        Map<String, Integer> indices = new LinkedHashMap<>();
        names.forEach(name -> indices.putIfAbsent(name, indices.size()));
        return indices;
    }

    private static int index(Map<String, Integer> indices, String name) {
        return Optional.ofNullable(indices.get(name)).orElseThrow();
    }
}
