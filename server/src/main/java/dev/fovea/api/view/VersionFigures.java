package dev.fovea.api.view;

import dev.fovea.evaluation.classification.ClassificationReport;
import dev.fovea.evaluation.report.MultiTaskReportJson;
import dev.fovea.evaluation.report.ReportJson;
import dev.fovea.model.Manifest;
import dev.fovea.model.decoder.Postprocessing;
import dev.fovea.model.decoder.Task;
import dev.fovea.model.decoder.TaskHead;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * How a version's confidence is calibrated, and what it is worth: of a model of several tasks by task.
 *
 * @param tasks of a multi-task model, in the order of its outputs; of another model none
 */
record VersionFigures(
        Optional<Double> temperature,

        @Schema(implementation = Views.EvaluationView.class) Optional<JsonNode> evaluation,

        @Schema(description = "Of a multi-task model, in the order of its outputs")
        List<VersionTask> tasks) {

    private static final ReportJson REPORTS = new ReportJson();
    private static final MultiTaskReportJson TASKS = new MultiTaskReportJson();

    /**
     * One of the tasks of a version.
     *
     * @param output of the network
     * @param temperature divisor of the logits
     */
    record VersionTask(
            String task,
            String output,
            List<String> labels,
            double temperature,

            @Schema(implementation = Views.EvaluationView.class)
            Optional<JsonNode> evaluation) {

        private static VersionTask of(TaskHead head, Optional<ClassificationReport> report) {
            return new VersionTask(
                    head.task(), head.output(), head.labels(), head.temperature(), report.map(REPORTS::tree));
        }
    }

    /**
     * Of a manifest.
     *
     * @param recorded the report of a classifier that has none itself
     */
    static VersionFigures of(Manifest manifest, Supplier<Optional<String>> recorded) {
        if (manifest.postprocessing() instanceof Postprocessing.MultiTask(List<TaskHead> heads)) {
            Map<String, ClassificationReport> reports =
                    manifest.evaluation().map(TASKS::read).orElse(Map.of());
            return new VersionFigures(
                    Optional.empty(),
                    Optional.empty(),
                    heads.stream()
                            .map(head -> VersionTask.of(head, Optional.ofNullable(reports.get(head.task()))))
                            .toList());
        }
        return new VersionFigures(
                manifest.postprocessing() instanceof Postprocessing.OneLabel one
                        ? Optional.of(one.temperature())
                        : Optional.empty(),
                // read and written anew, so that its verdict follows from its figures
                manifest.evaluation()
                        .filter(_ -> manifest.task() == Task.CLASSIFICATION)
                        .or(recorded)
                        .map(REPORTS::read)
                        .map(REPORTS::tree),
                List.of());
    }
}
