package dev.fovea.pipeline.diagnosis;

import dev.fovea.pipeline.diagnosis.DiagnosisFinding.Standing;
import dev.fovea.pipeline.request.QualityTarget;
import dev.fovea.statistics.ConfusionMatrix;
import dev.fovea.statistics.Interval;
import dev.fovea.statistics.WilsonInterval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Pairs of classes that are taken for each other. */
final class PairStudy {

    private static final int MOST = 3;

    /** A pair is named when it surely makes this share of its images wrong. */
    private static final double MIN_CONFUSED = 0.03;

    /** And at least this share of all errors. */
    private static final double MIN_ERRORS = 0.1;

    private PairStudy() {}

    private record Pair(int first, int second, long confused, long images) {}

    /** The pairs that cost most, the first first. */
    static List<DiagnosisFinding> of(StudiedSet set, QualityTarget target) {
        ConfusionMatrix confusion = set.confusion();
        long errors = set.given().length - correct(confusion);
        List<Pair> pairs = new ArrayList<>();
        for (int first = 0; first < set.classes(); first++) {
            for (int second = first + 1; second < set.classes(); second++) {
                long confused = count(confusion, first, second) + count(confusion, second, first);
                long images = set.count(first) + (long) set.count(second);
                boolean surely = images > 0
                        && WilsonInterval.of(confused, images).low() > MIN_CONFUSED
                        && confused >= MIN_ERRORS * errors;
                if (surely) {
                    pairs.add(new Pair(first, second, confused, images));
                }
            }
        }
        return pairs.stream()
                .sorted(Comparator.comparingLong((Pair pair) -> -pair.confused())
                        .thenComparingInt(Pair::first))
                .limit(MOST)
                .map(pair -> finding(set, pair, errors, target))
                .toList();
    }

    private static DiagnosisFinding finding(StudiedSet set, Pair pair, long errors, QualityTarget target) {
        String first = set.labels().get(pair.first());
        String second = set.labels().get(pair.second());
        Optional<Interval> merged = merged(set, pair, target);
        return new DiagnosisFinding(
                FindingCause.CLASSES_ALIKE,
                merged.isPresent() && set.classes() > 2 ? Standing.HELPS : Standing.NOTED,
                "%s and %s are taken for each other in %s of their %,d images, %s of all errors.%s"
                        .formatted(
                                first,
                                second,
                                FindingText.percent(WilsonInterval.of(pair.confused(), pair.images())),
                                pair.images(),
                                FindingText.percent((double) pair.confused() / errors),
                                merged.map(score -> " As one class, %s would be %s."
                                                .formatted(target.measure(), FindingText.percent(score)))
                                        .orElse("")),
                "Sharpen the instruction that tells %s from %s and label these images again, take images that show the difference, or merge the classes if their difference does not matter."
                        .formatted(first, second),
                merged,
                examples(set, pair));
    }

    private static List<String> examples(StudiedSet set, Pair pair) {
        List<String> examples = new ArrayList<>();
        for (int row = 0; row < set.given().length && examples.size() < MOST; row++) {
            int given = set.given()[row];
            int predicted = set.predicted()[row];
            if (given != predicted && isOf(pair, given) && isOf(pair, predicted)) {
                examples.add(set.shown(row));
            }
        }
        return examples;
    }

    private static boolean isOf(Pair pair, int label) {
        return label == pair.first() || label == pair.second();
    }

    /** The score with both classes as one, of metrics of all classes. */
    private static Optional<Interval> merged(StudiedSet set, Pair pair, QualityTarget target) {
        if (target.metric().isOfOneClass() || set.classes() < 3) {
            return Optional.empty();
        }
        int[] given = merged(set.given(), pair);
        int[] predicted = merged(set.predicted(), pair);
        return Optional.of(ScoreInterval.of(target.score(set.labels()), set.classes(), given, predicted));
    }

    private static int[] merged(int[] labels, Pair pair) {
        int[] merged = labels.clone();
        for (int i = 0; i < merged.length; i++) {
            merged[i] = merged[i] == pair.second() ? pair.first() : merged[i];
        }
        return merged;
    }

    private static long count(ConfusionMatrix confusion, int truth, int prediction) {
        return confusion.counts().get(truth).get(prediction);
    }

    private static long correct(ConfusionMatrix confusion) {
        long sum = 0;
        for (int k = 0; k < confusion.counts().size(); k++) {
            sum += count(confusion, k, k);
        }
        return sum;
    }
}
