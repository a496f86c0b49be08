package dev.fovea.evaluation;

import dev.fovea.evaluation.classification.Comparison;
import dev.fovea.evaluation.classification.Scored;
import dev.fovea.evaluation.classification.ScoredImages;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Two recorded evaluations of classifiers, image by image, matched by content.
 *
 * @param comparison the figures, paired
 * @param differing images on which the two predict different labels: first those that only one has right
 */
public record EvaluationComparison(Comparison comparison, List<ImageDifference> differing)
        implements RecordedComparison {

    public EvaluationComparison {
        differing = List.copyOf(differing);
    }

    /**
     * Compares.
     *
     * @param labels of both models, in any order
     * @throws FoveaException {@code ARGUMENT_INVALID} if no image is in both or the same image has two truths
     */
    public static EvaluationComparison of(
            List<String> labels, List<EvaluatedImage> baseline, List<EvaluatedImage> candidate) {
        Comparison comparison = Comparison.of(scored(labels, baseline), scored(labels, candidate));
        Map<String, EvaluatedImage> byHash = HashMap.newHashMap(candidate.size());
        candidate.forEach(image -> byHash.put(image.contentHash(), image));
        List<ImageDifference> differing = new ArrayList<>();
        for (EvaluatedImage one : baseline) {
            EvaluatedImage other = byHash.get(one.contentHash());
            if (other != null
                    && one.result() instanceof ImageResult.Classified first
                    && other.result() instanceof ImageResult.Classified second
                    && !first.predicted().equals(second.predicted())) {
                differing.add(new ImageDifference(change(first, second), one, other));
            }
        }
        differing.sort(Comparator.comparing(ImageDifference::change));
        return new EvaluationComparison(comparison, differing);
    }

    @Override
    public Comparison.Verdict verdict() {
        return comparison.verdict();
    }

    @Override
    public String sentence() {
        return comparison.sentence();
    }

    private static ImageChange change(ImageResult.Classified baseline, ImageResult.Classified candidate) {
        return candidate.correct()
                ? ImageChange.FIXED
                : baseline.correct() ? ImageChange.BROKEN : ImageChange.OTHERWISE_WRONG;
    }

    /** Predictions as scores of 0 and 1: only which label is first matters to a comparison. */
    private static ScoredImages scored(List<String> labels, List<EvaluatedImage> images) {
        List<Scored> scored = new ArrayList<>();
        for (EvaluatedImage image : images) {
            if (image.result() instanceof ImageResult.Classified(String truth, String predicted, double ignored)) {
                double[] scores = new double[labels.size()];
                scores[index(labels, predicted)] = 1;
                scored.add(new Scored(index(labels, truth), scores, image.contentHash()));
            }
        }
        return new ScoredImages(labels, scored, List.of());
    }

    private static int index(List<String> labels, String label) {
        int index = labels.indexOf(label);
        if (index < 0) {
            throw new FoveaException(
                    ErrorCode.LABELS_MISMATCH,
                    "\"%s\" is no label of both models. Compare models of the same labels.".formatted(label));
        }
        return index;
    }
}
