package dev.fovea.pipeline.multitask;

import dev.fovea.evaluation.Evaluation;
import dev.fovea.evaluation.EvaluationStore;
import dev.fovea.evaluation.classification.ClassificationReport;
import dev.fovea.evaluation.classification.ScoredImages;
import dev.fovea.evaluation.report.ReportJson;
import dev.fovea.model.decoder.Task;
import dev.fovea.pipeline.evaluation.EvaluationImages.EvaluationImage;
import dev.fovea.pipeline.evaluation.EvaluationRecorder;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.VersionId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Records the evaluations of a version of several tasks: one for each task, which is that of a classifier. The name of
 * its images begins with that of the task.
 */
record TaskEvaluations(EvaluationStore store) {

    /** Records those of the version, and those of production that it was compared with. */
    void record(
            MultiTaskCandidate candidate,
            ModelVersion version,
            Map<String, ScoredImages> scored,
            Map<String, ClassificationReport> reports,
            Optional<TaskComparison> production) {
        scored.forEach((task, own) -> record(
                candidate,
                version.id(),
                Evaluation.Origin.TRAIN,
                task,
                own,
                Objects.requireNonNull(reports.get(task)),
                0));
        production.ifPresent(against -> against.scored()
                .forEach((task, own) -> record(
                        candidate,
                        new VersionId(version.name(), against.production()),
                        Evaluation.Origin.COMPARE,
                        task,
                        own,
                        ClassificationReport.of(own),
                        against.leftOut())));
    }

    private void record(
            MultiTaskCandidate candidate,
            VersionId version,
            Evaluation.Origin origin,
            String task,
            ScoredImages scored,
            ClassificationReport report,
            int leftOut) {
        List<EvaluationImage> images = candidate.tested(task).stream()
                .map(image -> new EvaluationImage(
                        image.file(),
                        image.item().path(),
                        image.item().contentHash(),
                        Objects.requireNonNull(image.labels().get(task))))
                .toList();
        new EvaluationRecorder(store)
                .record(new EvaluationRecorder.NewEvaluation(
                        EvaluationRecorder.newId(),
                        version,
                        origin,
                        Task.CLASSIFICATION,
                        new Evaluation.EvaluationSource(
                                candidate.images().version().id(),
                                name(candidate.spec(), task),
                                scored.scored().size() + scored.failed().size(),
                                leftOut,
                                0),
                        new ReportJson().write(report),
                        EvaluationRecorder.classified(
                                images, scored, report.calibration().temperature())));
    }

    private static String name(MultiTaskSpec spec, String task) {
        return spec.tasks().stream()
                .filter(each -> each.task().equals(task))
                .map(each -> "%s: %s".formatted(task, each.folder().getFileName()))
                .findFirst()
                .orElse(task);
    }
}
