package dev.fovea.evaluation;

import dev.fovea.evaluation.classification.Comparison;
import dev.fovea.evaluation.detection.ClassMatches;
import dev.fovea.evaluation.detection.DetectionComparison;
import dev.fovea.evaluation.detection.MeanPrecision;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Two recorded evaluations of detectors, image by image, matched by content. Images that one of them could not predict
 * are left out.
 *
 * @param comparison the figures, paired, from all detections down to the lowest score
 * @param differing images where the two find or miss something else at the score that each version responds with
 */
public record DetectorEvaluationComparison(DetectionComparison comparison, List<ImageDifference> differing)
        implements RecordedComparison {

    /** The same image in both. */
    private record Pair(EvaluatedImage baseline, EvaluatedImage candidate) {

        ImageResult.Detected one() {
            return (ImageResult.Detected) baseline.result();
        }

        ImageResult.Detected other() {
            return (ImageResult.Detected) candidate.result();
        }
    }

    public DetectorEvaluationComparison {
        differing = List.copyOf(differing);
    }

    /**
     * Compares.
     *
     * @param labels of both models, in any order
     * @throws FoveaException {@code ARGUMENT_INVALID} if the two have no common image or different ground truth
     */
    public static DetectorEvaluationComparison of(
            List<String> labels, List<EvaluatedImage> baseline, List<EvaluatedImage> candidate) {
        List<Pair> pairs = pairs(baseline, candidate);
        List<ImageResult.Detected> one = pairs.stream().map(Pair::one).toList();
        List<ImageResult.Detected> other = pairs.stream().map(Pair::other).toList();
        List<ImageDifference> differing = new ArrayList<>();
        for (Pair pair : pairs) {
            requireSameTruth(pair);
            if (!summary(pair.one()).equals(summary(pair.other()))) {
                differing.add(new ImageDifference(change(pair), pair.baseline(), pair.candidate()));
            }
        }
        differing.sort(Comparator.comparing(ImageDifference::change));
        return new DetectorEvaluationComparison(
                DetectionComparison.of(
                        precision(labels, one),
                        precision(labels, other),
                        pairs.size(),
                        baseline.size() + candidate.size() - 2 * pairs.size()),
                differing);
    }

    @Override
    public Comparison.Verdict verdict() {
        return comparison.verdict();
    }

    @Override
    public String sentence() {
        return comparison.sentence();
    }

    private static List<Pair> pairs(List<EvaluatedImage> baseline, List<EvaluatedImage> candidate) {
        Map<String, EvaluatedImage> byHash = HashMap.newHashMap(candidate.size());
        candidate.forEach(image -> byHash.put(image.contentHash(), image));
        List<Pair> pairs = new ArrayList<>();
        for (EvaluatedImage one : baseline) {
            EvaluatedImage other = byHash.get(one.contentHash());
            if (other != null
                    && one.result() instanceof ImageResult.Detected
                    && other.result() instanceof ImageResult.Detected) {
                pairs.add(new Pair(one, other));
            }
        }
        if (pairs.isEmpty()) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "No image was predicted by both versions (%d and %d were evaluated). Evaluate both on the same data."
                            .formatted(baseline.size(), candidate.size()));
        }
        return pairs;
    }

    private static void requireSameTruth(Pair pair) {
        if (!truths(pair.one()).equals(truths(pair.other()))) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "Image %s has other objects in the baseline's evaluation than in the candidate's. Evaluate both on the same data."
                            .formatted(pair.candidate().name()));
        }
    }

    /** Number of objects of each class in the image. */
    private static Map<String, Integer> truths(ImageResult.Detected image) {
        Map<String, Integer> truths = new HashMap<>();
        image.objects().stream()
                .filter(object -> object.kind() != DetectedObject.MatchOutcome.FALSE_POSITIVE)
                .forEach(object -> truths.merge(object.label(), 1, Integer::sum));
        return truths;
    }

    /** True positives, false positives and missed objects; the position identifies a missed object. */
    private static Map<String, Integer> summary(ImageResult.Detected image) {
        Map<String, Integer> summary = new HashMap<>();
        image.objects()
                .forEach(object -> summary.merge(
                        object.kind() == DetectedObject.MatchOutcome.MISSED
                                ? object.kind() + object.label() + object.box()
                                : object.kind() + object.label(),
                        1,
                        Integer::sum));
        return summary;
    }

    private static ImageChange change(Pair pair) {
        long less = errors(pair.one()) - errors(pair.other());
        return less > 0 ? ImageChange.FIXED : less < 0 ? ImageChange.BROKEN : ImageChange.OTHERWISE_WRONG;
    }

    private static long errors(ImageResult.Detected image) {
        return image.objects().stream()
                .filter(object -> object.kind() != DetectedObject.MatchOutcome.FOUND)
                .count();
    }

    private static MeanPrecision precision(List<String> labels, List<ImageResult.Detected> images) {
        return new MeanPrecision(
                labels.stream().map(label -> matches(label, images)).toList());
    }

    private static ClassMatches matches(String label, List<ImageResult.Detected> images) {
        int[] truths = new int[images.size()];
        List<ClassMatches.Match> matches = new ArrayList<>();
        for (int p = 0; p < truths.length; p++) {
            truths[p] = truths(images.get(p)).getOrDefault(label, 0);
            for (ImageResult.ClassDetections found : images.get(p).detections()) {
                for (int d = 0; found.label().equals(label) && d < found.hits().size(); d++) {
                    matches.add(new ClassMatches.Match(
                            p,
                            found.confidences().get(d),
                            new boolean[] {found.hits().get(d)},
                            new boolean[] {true}));
                }
            }
        }
        return ClassMatches.of(truths, matches, 1);
    }
}
