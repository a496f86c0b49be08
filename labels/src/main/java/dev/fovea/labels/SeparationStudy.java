package dev.fovea.labels;

import dev.fovea.labels.design.ClassSeparation;
import dev.fovea.labels.design.ClassSeparation.ConfusablePair;
import dev.fovea.labels.wrong.GivenLabel;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.WilsonInterval;
import dev.fovea.statistics.linear.ClassTargets;
import dev.fovea.statistics.linear.FeatureMatrix;
import dev.fovea.statistics.linear.OutOfFold;
import dev.fovea.statistics.linear.StratifiedFolds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Which classes embeddings do not tell apart: a linear head is fitted on four fifths of the labelled images and judges
 * the fifth part, in turns. For two classes only their own probabilities are compared, so that chance is 0.5. The error
 * is the mean of those of both classes, and its bounds the means of Wilson's bounds at 95 % for all pairs together, by
 * Bonferroni; both are conservative. Pure.
 */
public final class SeparationStudy {

    /** Of more images of a class, so many evenly spaced ones are compared. */
    private static final int MAX_IMAGES = 150;

    /** A pair is reported when its error is above this beyond doubt. */
    private static final double TOLERATED = 0.1;

    private static final int FOLDS = 5;
    private static final double LEVEL = 0.95;

    private SeparationStudy() {}

    /**
     * Compares the classes.
     *
     * @param labels {@code [N]}
     * @param embeddings {@code [N,D]}, in the same order, from one model
     * @param source what embedded the images, for people
     * @param general whether that is the built-in descriptor
     * @return empty with fewer than two classes
     */
    public static Optional<ClassSeparation> of(
            List<GivenLabel> labels, FeatureMatrix embeddings, String source, boolean general) {
        Map<String, List<Integer>> rows = new TreeMap<>();
        for (int row = 0; row < labels.size(); row++) {
            rows.computeIfAbsent(labels.get(row).label(), _ -> new ArrayList<>())
                    .add(row);
        }
        if (rows.size() < 2) {
            return Optional.empty();
        }
        List<String> tooFew = rows.entrySet().stream()
                .filter(entry -> entry.getValue().size() < ClassSeparation.MIN_IMAGES)
                .map(Map.Entry::getKey)
                .toList();
        tooFew.forEach(rows::remove);
        if (rows.size() < 2) {
            return Optional.of(new ClassSeparation(source, general, 0, List.of(), tooFew));
        }
        rows.replaceAll((_, all) -> compared(all));
        Judged judged = judged(labels, embeddings, rows);
        return Optional.of(new ClassSeparation(source, general, judged.given().length, judged.pairs(), tooFew));
    }

    /** The images of one class that are compared, where there are many. */
    public static <T> List<T> compared(List<T> images) {
        int count = Math.min(MAX_IMAGES, images.size());
        return IntStream.range(0, count)
                .mapToObj(i -> images.get((int) ((long) i * images.size() / count)))
                .toList();
    }

    @SuppressWarnings("ArrayRecordComponent") // local to the study
    private record Judged(List<String> classes, int[] given, double[][] probabilities) {

        List<ConfusablePair> pairs() {
            int count = classes.size() * (classes.size() - 1) / 2;
            double level = 1 - (1 - LEVEL) / (2 * count);
            List<ConfusablePair> pairs = new ArrayList<>();
            for (int first = 0; first < classes.size(); first++) {
                for (int second = first + 1; second < classes.size(); second++) {
                    ConfusablePair pair = pair(first, second, level);
                    if (pair.error().low() > TOLERATED) {
                        pairs.add(pair);
                    }
                }
            }
            pairs.sort(Comparator.comparingDouble(
                            (ConfusablePair pair) -> pair.error().value())
                    .reversed());
            return pairs;
        }

        private ConfusablePair pair(int first, int second, double level) {
            Interval one = error(first, second, level);
            Interval other = error(second, first, level);
            int images = (int) IntStream.of(given)
                    .filter(label -> label == first || label == second)
                    .count();
            return new ConfusablePair(
                    classes.get(first),
                    classes.get(second),
                    images,
                    new Interval(
                            (one.value() + other.value()) / 2,
                            (one.low() + other.low()) / 2,
                            (one.high() + other.high()) / 2));
        }

        /** The share of a class's images that are rather the other one. */
        private Interval error(int own, int other, double level) {
            long errors = IntStream.range(0, given.length)
                    .filter(row -> given[row] == own && probabilities[row][other] > probabilities[row][own])
                    .count();
            long trials = IntStream.of(given).filter(label -> label == own).count();
            return WilsonInterval.of(errors, trials, level);
        }
    }

    private static Judged judged(List<GivenLabel> labels, FeatureMatrix embeddings, Map<String, List<Integer>> rows) {
        List<String> classes = List.copyOf(rows.keySet());
        int[] chosen = rows.values().stream()
                .flatMap(List::stream)
                .mapToInt(Integer::intValue)
                .toArray();
        int[] given = new int[chosen.length];
        int[] groups = new int[chosen.length];
        Map<String, Integer> groupOf = new LinkedHashMap<>();
        for (int i = 0; i < chosen.length; i++) {
            GivenLabel label = labels.get(chosen[i]);
            given[i] = classes.indexOf(label.label());
            groups[i] = groupOf.computeIfAbsent(
                    label.group().map(group -> "group " + group).orElse("image " + label.image()), _ -> groupOf.size());
        }
        int folds = Math.min(FOLDS, groupOf.size());
        double[][] probabilities = OutOfFold.fit(
                        embeddings.select(chosen).signedRoots(),
                        ClassTargets.ofLabels(given, classes.size()),
                        StratifiedFolds.of(given, groups, folds, 1))
                .probabilities();
        return new Judged(classes, given, probabilities);
    }
}
