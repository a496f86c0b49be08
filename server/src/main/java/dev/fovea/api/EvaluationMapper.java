package dev.fovea.api;

import dev.fovea.api.view.ComparisonViews;
import dev.fovea.api.view.EvaluationViews;
import dev.fovea.evaluation.DetectedObject;
import dev.fovea.evaluation.EvaluatedImage;
import dev.fovea.evaluation.Evaluation;
import dev.fovea.evaluation.ImageResult;
import dev.fovea.evaluation.RecordedComparison;
import dev.fovea.evaluation.report.DetectionReportJson;
import dev.fovea.evaluation.report.DetectorVerdict;
import dev.fovea.evaluation.report.ModelVerdict;
import dev.fovea.evaluation.report.MultiLabelReportJson;
import dev.fovea.evaluation.report.MultiLabelVerdict;
import dev.fovea.evaluation.report.ReportJson;
import dev.fovea.imaging.Box;
import dev.fovea.model.decoder.Task;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Evaluations as the API shows them. Pure. */
final class EvaluationMapper {

    private static final ReportJson LABELS = new ReportJson();
    private static final DetectionReportJson OBJECTS = new DetectionReportJson();
    private static final MultiLabelReportJson TAGS = new MultiLabelReportJson();

    private EvaluationMapper() {}

    /** One on record. */
    static EvaluationViews.Run view(Evaluation evaluation, boolean withReport) {
        boolean isDetector = evaluation.task().equals(Task.DETECTION.toString());
        boolean isTagger = evaluation.task().equals(Task.MULTI_LABEL.toString());
        return new EvaluationViews.Run(
                evaluation.id(),
                evaluation.model(),
                evaluation.version(),
                lower(evaluation.origin()),
                evaluation.created(),
                new EvaluationViews.Source(
                        evaluation.data().id(),
                        evaluation.data().name(),
                        evaluation.data().images(),
                        evaluation.data().learnedFrom(),
                        evaluation.data().repeated()),
                isDetector
                        ? objectsHeadline(evaluation)
                        : isTagger ? tagsHeadline(evaluation) : labelsHeadline(evaluation),
                new EvaluationViews.Run.Reports(
                        withReport && !isDetector && !isTagger
                                ? Optional.of(LABELS.tree(LABELS.read(evaluation.report())))
                                : Optional.empty(),
                        withReport && isDetector
                                ? Optional.of(OBJECTS.tree(OBJECTS.read(evaluation.report())))
                                : Optional.empty(),
                        withReport && isTagger
                                ? Optional.of(TAGS.tree(TAGS.read(evaluation.report())))
                                : Optional.empty()));
    }

    private static String labelsHeadline(Evaluation evaluation) {
        return ModelVerdict.of(LABELS.read(evaluation.report())).headline();
    }

    private static String tagsHeadline(Evaluation evaluation) {
        return MultiLabelVerdict.of(TAGS.read(evaluation.report())).headline();
    }

    private static String objectsHeadline(Evaluation evaluation) {
        return DetectorVerdict.of(OBJECTS.read(evaluation.report())).headline();
    }

    /** An image, its thumbnail below the evaluation's address. */
    static EvaluationViews.EvaluationImageView view(Evaluation evaluation, EvaluatedImage image) {
        Optional<String> thumbnail = image.thumbnail()
                .map(ignored -> "/v1/models/%s/versions/%d/evaluations/%s/images/%d/thumbnail"
                        .formatted(evaluation.model(), evaluation.version(), evaluation.id(), image.number()));
        return switch (image.result()) {
            case ImageResult.Classified(String truth, String predicted, double confidence) ->
                new EvaluationViews.EvaluationImageView(
                        image.number(),
                        image.name(),
                        truth.equals(predicted),
                        new EvaluationViews.EvaluationImageView.Predicted(
                                Optional.of(truth), Optional.of(predicted), Optional.of(confidence), Optional.empty()),
                        new EvaluationViews.EvaluationImageView.UprightSize(Optional.empty(), Optional.empty()),
                        List.of(),
                        thumbnail);
            case ImageResult.Detected detected ->
                new EvaluationViews.EvaluationImageView(
                        image.number(),
                        image.name(),
                        detected.correct(),
                        new EvaluationViews.EvaluationImageView.Predicted(
                                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                        new EvaluationViews.EvaluationImageView.UprightSize(
                                Optional.of(detected.width()), Optional.of(detected.height())),
                        detected.objects().stream().map(EvaluationMapper::view).toList(),
                        thumbnail);
            case ImageResult.Tagged tagged ->
                new EvaluationViews.EvaluationImageView(
                        image.number(),
                        image.name(),
                        tagged.correct(),
                        new EvaluationViews.EvaluationImageView.Predicted(
                                Optional.of(String.join(", ", tagged.truth())),
                                Optional.of(String.join(", ", tagged.predicted())),
                                Optional.empty(),
                                Optional.empty()),
                        new EvaluationViews.EvaluationImageView.UprightSize(Optional.empty(), Optional.empty()),
                        List.of(),
                        thumbnail);
            case ImageResult.FailedPrediction(String truth, String code, String message) ->
                new EvaluationViews.EvaluationImageView(
                        image.number(),
                        image.name(),
                        false,
                        new EvaluationViews.EvaluationImageView.Predicted(
                                Optional.of(truth).filter(label -> !label.isEmpty()),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(code + ": " + message)),
                        new EvaluationViews.EvaluationImageView.UprightSize(Optional.empty(), Optional.empty()),
                        List.of(),
                        thumbnail);
        };
    }

    private static EvaluationViews.FoundObject view(DetectedObject object) {
        Box box = object.box();
        return new EvaluationViews.FoundObject(
                lower(object.kind()),
                object.label(),
                object.kind() == DetectedObject.MatchOutcome.MISSED
                        ? Optional.empty()
                        : Optional.of(object.confidence()),
                box.x1(),
                box.y1(),
                box.x2(),
                box.y2());
    }

    static ComparisonViews.Difference view(
            Evaluation baseline, Evaluation candidate, RecordedComparison.ImageDifference difference) {
        return new ComparisonViews.Difference(
                lower(difference.change()),
                view(baseline, difference.baseline()),
                view(candidate, difference.candidate()));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
