package dev.fovea.labels.wrong;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.statistics.labelerrors.ConfidentJoint;
import dev.fovea.statistics.labelerrors.LabelNoise;
import dev.fovea.statistics.labelerrors.LabelScore;
import dev.fovea.statistics.labelerrors.ReviewEffort;
import dev.fovea.statistics.linear.ClassTargets;
import dev.fovea.statistics.linear.FeatureMatrix;
import dev.fovea.statistics.linear.LogisticSettings;
import dev.fovea.statistics.linear.OutOfFold;
import dev.fovea.statistics.linear.StratifiedFolds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds labels that are probably wrong: confident learning ({@link ConfidentJoint}) on out-of-fold probabilities of
 * logistic regressions on embeddings. They are the mean of three fits on folds of their own: of the features, of their
 * roots, and of their roots with each image counted by the probability that its label is right by the first two, so
 * that wrong labels teach less. Deterministic, thread-safe; 5,000 images of 512 features take seconds.
 */
public final class WrongLabels {

    private static final int FOLDS = 5;

    /** Of more images, so many are drawn to choose the penalty. */
    private static final int MAX_SEARCHED = 10_000;

    private final long seed;

    /** A search whose folds are drawn by a seed. */
    public WrongLabels(long seed) {
        this.seed = seed;
    }

    /**
     * Ranks labels.
     *
     * @param labels {@code [N]}, ids unique
     * @param embeddings {@code [N,D]}, in the same order, from one model
     * @throws FoveaException {@code DATASET_INVALID} with fewer than two classes of two images (or groups) each
     */
    public WrongLabelReport find(List<GivenLabel> labels, FeatureMatrix embeddings) {
        if (labels.size() != embeddings.rows()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "%d labels but %d embeddings; each label needs its image's embedding."
                            .formatted(labels.size(), embeddings.rows()));
        }
        Judged judged = judged(labels);
        double[][] probabilities = probabilities(judged, embeddings.select(judged.rows()));
        return report(labels, judged, probabilities);
    }

    /**
     * What can be judged.
     *
     * @param rows indices of the images, ascending
     * @param classes names in alphabetical order
     * @param given class of each row
     * @param groups group of each row
     * @param confirmed of each row
     */
    @SuppressWarnings("ArrayRecordComponent") // local to the search
    private record Judged(int[] rows, List<String> classes, int[] given, int[] groups, boolean[] confirmed) {}

    private static Judged judged(List<GivenLabel> labels) {
        Map<String, Set<String>> groupsOf = new TreeMap<>();
        for (GivenLabel label : labels) {
            groupsOf.computeIfAbsent(label.label(), name -> new HashSet<>()).add(group(label));
        }
        List<String> classes = groupsOf.entrySet().stream()
                .filter(entry -> entry.getValue().size() >= 2)
                .map(Map.Entry::getKey)
                .toList();
        if (classes.size() < 2) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "Of the classes %s, %d have two or more images that are not of one group; wrong labels can be found among at least two such classes. Label more images."
                            .formatted(groupsOf.keySet(), classes.size()));
        }
        Map<String, Integer> indexOf = new TreeMap<>();
        classes.forEach(name -> indexOf.put(name, indexOf.size()));
        int[] rows = IntStream.range(0, labels.size())
                .filter(i -> indexOf.containsKey(labels.get(i).label()))
                .toArray();
        Map<String, Integer> groups = new TreeMap<>();
        boolean[] confirmed = new boolean[rows.length];
        int[] given = new int[rows.length];
        int[] groupOf = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            GivenLabel label = labels.get(rows[i]);
            given[i] = indexOf.getOrDefault(label.label(), 0);
            groupOf[i] = groups.computeIfAbsent(group(label), name -> groups.size());
            confirmed[i] = label.confirmed();
        }
        return new Judged(rows, classes, given, groupOf, confirmed);
    }

    /** Groups and images of their own have different names. */
    private static String group(GivenLabel label) {
        return label.group().map(group -> "group " + group).orElseGet(() -> "image " + label.image());
    }

    private double[][] probabilities(Judged judged, FeatureMatrix features) {
        int[] given = judged.given();
        ClassTargets targets = ClassTargets.ofLabels(given, judged.classes().size());
        FeatureMatrix roots = features.signedRoots();
        double c = penalty(judged, features, targets);
        double[][] first = fit(features, targets, folds(judged, 0), c);
        double[][] second = fit(roots, targets, folds(judged, 1), c);
        double[][] both = mean(List.of(first, second));
        ReviewEffort effort = ReviewEffort.of(ConfidentJoint.of(given, both), given, both);
        double[] weights = IntStream.range(0, given.length)
                .mapToDouble(i -> judged.confirmed()[i] ? 1 : 1 - effort.wrongProbability(i))
                .toArray();
        double[][] third = fit(roots, targets.weighted(weights), folds(judged, 2), c);
        return mean(List.of(first, second, third));
    }

    private double penalty(Judged judged, FeatureMatrix features, ClassTargets targets) {
        int parts = (judged.rows().length + MAX_SEARCHED - 1) / MAX_SEARCHED;
        if (parts == 1) {
            return OutOfFold.fit(features, targets, folds(judged, 0)).c();
        }
        int[] drawn = StratifiedFolds.of(judged.given(), parts, seed).inside(0);
        int[] given = Arrays.stream(drawn).map(i -> judged.given()[i]).toArray();
        int[] groups = Arrays.stream(drawn).map(i -> judged.groups()[i]).toArray();
        int folds = (int) Math.min(FOLDS, Arrays.stream(groups).distinct().count());
        return OutOfFold.fit(
                        features.select(drawn), targets.select(drawn), StratifiedFolds.of(given, groups, folds, seed))
                .c();
    }

    private StratifiedFolds folds(Judged judged, int fit) {
        long groups = Arrays.stream(judged.groups()).distinct().count();
        return StratifiedFolds.of(judged.given(), judged.groups(), (int) Math.min(FOLDS, groups), seed + fit);
    }

    private static double[][] fit(FeatureMatrix features, ClassTargets targets, StratifiedFolds folds, double c) {
        return OutOfFold.fit(features, targets, folds, LogisticSettings.DEFAULT, new double[] {c})
                .probabilities();
    }

    private static double[][] mean(List<double[][]> fits) {
        double[][] mean = new double[fits.getFirst().length][fits.getFirst()[0].length];
        for (double[][] fit : fits) {
            for (int i = 0; i < mean.length; i++) {
                for (int k = 0; k < mean[i].length; k++) {
                    mean[i][k] += fit[i][k] / fits.size();
                }
            }
        }
        return mean;
    }

    private static WrongLabelReport report(List<GivenLabel> labels, Judged judged, double[][] probabilities) {
        int[] given = judged.given();
        ConfidentJoint joint = ConfidentJoint.of(given, probabilities);
        LabelNoise noise = LabelNoise.of(joint);
        ReviewEffort effort = ReviewEffort.of(joint, given, probabilities);
        Set<Integer> confident =
                Arrays.stream(joint.offDiagonal()).boxed().collect(Collectors.toCollection(HashSet::new));
        int[] ranking = Arrays.stream(LabelScore.SELF_CONFIDENCE.ranking(probabilities, given))
                .filter(i -> !judged.confirmed()[i])
                .toArray();
        List<SuspectLabel> suspects = new ArrayList<>();
        for (int i : ranking) {
            suspects.add(new SuspectLabel(
                    labels.get(judged.rows()[i]).image(),
                    judged.classes().get(given[i]),
                    judged.classes().get(likely(probabilities[i], given[i])),
                    probabilities[i][given[i]],
                    effort.wrongProbability(i),
                    confident.contains(i)));
        }
        List<ClassNoise> classes = new ArrayList<>();
        for (int k = 0; k < judged.classes().size(); k++) {
            int label = k;
            int[] ofClass =
                    Arrays.stream(ranking).filter(i -> given[i] == label).toArray();
            classes.add(new ClassNoise(
                    judged.classes().get(k),
                    joint.labelled(k),
                    noise.shares().get(k).orElseThrow(),
                    effort.items(ofClass, effort.expected(ofClass), 0.5)));
        }
        long right = IntStream.range(0, given.length)
                .filter(i -> probabilities[i][given[i]] > probabilities[i][likely(probabilities[i], given[i])])
                .count();
        return new WrongLabelReport(
                suspects,
                noise.share(),
                classes,
                effort.items(ranking, effort.expected(), 0.5),
                unjudged(labels, judged),
                (double) right / given.length);
    }

    private static List<String> unjudged(List<GivenLabel> labels, Judged judged) {
        Set<String> classes = new TreeSet<>(judged.classes());
        return labels.stream()
                .filter(label -> !classes.contains(label.label()))
                .map(GivenLabel::image)
                .toList();
    }

    private static int likely(double[] probabilities, int given) {
        int best = given == 0 ? 1 : 0;
        for (int k = 0; k < probabilities.length; k++) {
            best = k != given && probabilities[k] > probabilities[best] ? k : best;
        }
        return best;
    }
}
