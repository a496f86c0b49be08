package dev.fovea.pipeline.evaluation;

import dev.fovea.datasets.Split;
import dev.fovea.evaluation.Evaluation;
import dev.fovea.evaluation.EvaluationStore;
import dev.fovea.evaluation.classification.ClassificationReport;
import dev.fovea.evaluation.classification.ScoredImages;
import dev.fovea.evaluation.report.ReportJson;
import dev.fovea.model.decoder.Task;
import dev.fovea.pipeline.jobs.CandidateModel;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.VersionId;
import java.util.List;
import java.util.Optional;

/** Records the evaluations of a training. */
public record TrainedEvaluations(EvaluationStore store) {

    /** Records the evaluation, and that of production, with the result of each image. */
    public void record(
            CandidateModel candidate,
            ClassificationReport report,
            ScoredImages scored,
            ModelVersion version,
            Optional<ProductionComparison> production) {
        List<EvaluationImages.EvaluationImage> images = candidate.dataset().on(Split.TEST).stream()
                .map(item -> new EvaluationImages.EvaluationImage(
                        candidate.order().folder().resolve(item.path()), item.path(), item.contentHash(), item.label()))
                .toList();
        EvaluationRecorder recorder = new EvaluationRecorder(store);
        recorder.record(new EvaluationRecorder.NewEvaluation(
                EvaluationRecorder.newId(),
                version.id(),
                Evaluation.Origin.TRAIN,
                Task.CLASSIFICATION,
                new Evaluation.EvaluationSource(
                        candidate.dataset().id(),
                        ModelEvaluation.name(candidate.order().folder()),
                        images.size(),
                        0,
                        0),
                new ReportJson().write(report),
                EvaluationRecorder.classified(
                        images, scored, report.calibration().temperature())));
        production
                .filter(against -> against.comparison().isPresent())
                .ifPresent(against -> recorder.record(new EvaluationRecorder.NewEvaluation(
                        EvaluationRecorder.newId(),
                        new VersionId(version.name(), against.production()),
                        Evaluation.Origin.COMPARE,
                        Task.CLASSIFICATION,
                        new Evaluation.EvaluationSource(
                                candidate.dataset().id(),
                                ModelEvaluation.name(candidate.order().folder()),
                                images.size() - against.leftOut(),
                                against.leftOut(),
                                0),
                        new ReportJson().write(ClassificationReport.of(against.scored())),
                        EvaluationRecorder.classified(images, against.scored(), against.temperature()))));
    }
}
