package dev.fovea.evaluation;

import dev.fovea.evaluation.classification.Comparison;
import dev.fovea.evaluation.detection.DetectionReport;
import dev.fovea.evaluation.report.DetectionReportJson;
import dev.fovea.evaluation.report.ReportJson;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.HashSet;
import java.util.List;

/** Two recorded evaluations of the same task, image by image, matched by content. */
public sealed interface RecordedComparison permits EvaluationComparison, DetectorEvaluationComparison {

    /** What became of an image. */
    enum ImageChange {
        /** Only the candidate is right; of a detector, it makes fewer errors. */
        FIXED,
        /** Only the baseline is right; of a detector, it makes fewer errors. */
        BROKEN,
        /** Both are wrong, with different predictions. */
        OTHERWISE_WRONG
    }

    /** One image, predicted differently. */
    record ImageDifference(ImageChange change, EvaluatedImage baseline, EvaluatedImage candidate) {}

    /** Images on which the two predict something else, the fixed ones first. */
    List<ImageDifference> differing();

    /** What is shown of the candidate. */
    Comparison.Verdict verdict();

    /** The verdict as a sentence with its figures. */
    String sentence();

    /**
     * Compares.
     *
     * @param baseline of the version to beat
     * @param candidate of the other version
     * @throws FoveaException {@code ARGUMENT_INVALID} for evaluations of different tasks or without a common image;
     *     {@code LABELS_MISMATCH} for versions of different labels
     */
    static RecordedComparison of(Evaluation baseline, Evaluation candidate, EvaluationStore store) {
        if (!baseline.task().equals(candidate.task())) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "Evaluation %s is of %s and %s of %s. Compare two versions of the same task."
                            .formatted(baseline.id(), baseline.task(), candidate.id(), candidate.task()));
        }
        if (candidate.task().equals("multi-label")) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "Multi-label models cannot be compared. Evaluate each, and compare their reports.");
        }
        List<String> labels = labels(candidate);
        if (!new HashSet<>(labels).equals(new HashSet<>(labels(baseline)))) {
            throw new FoveaException(
                    ErrorCode.LABELS_MISMATCH, "The two versions have different labels. Compare versions of the same.");
        }
        List<EvaluatedImage> one = store.images(baseline.id());
        List<EvaluatedImage> other = store.images(candidate.id());
        return candidate.task().equals("detection")
                ? DetectorEvaluationComparison.of(labels, one, other)
                : EvaluationComparison.of(labels, one, other);
    }

    private static List<String> labels(Evaluation evaluation) {
        return evaluation.task().equals("detection")
                ? new DetectionReportJson()
                        .read(evaluation.report()).classes().stream()
                                .map(DetectionReport.ClassFigures::label)
                                .toList()
                : new ReportJson().read(evaluation.report()).labels();
    }
}
