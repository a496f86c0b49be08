package dev.fovea.api;

import dev.fovea.evaluation.DetectorEvaluationComparison;
import dev.fovea.evaluation.EvaluationComparison;
import dev.fovea.evaluation.RecordedComparison;
import dev.fovea.evaluation.report.AnomalyVerdict;
import dev.fovea.evaluation.report.DetectionReportJson;
import dev.fovea.evaluation.report.DetectorVerdict;
import dev.fovea.evaluation.report.EvaluationVerdict;
import dev.fovea.evaluation.report.ModelVerdict;
import dev.fovea.evaluation.report.MultiLabelReportJson;
import dev.fovea.evaluation.report.MultiLabelVerdict;
import dev.fovea.evaluation.report.MultiTaskReportJson;
import dev.fovea.evaluation.report.MultiTaskVerdict;
import dev.fovea.evaluation.report.ReportJson;
import dev.fovea.pipeline.evaluation.ModelEvaluation;
import tools.jackson.databind.JsonNode;

/** Reports, verdicts and comparisons of every task as JSON. Pure. */
public final class EvaluationTrees {

    private static final ReportJson LABELS = new ReportJson();
    private static final DetectionReportJson OBJECTS = new DetectionReportJson();
    private static final MultiLabelReportJson TAGS = new MultiLabelReportJson();
    private static final MultiTaskReportJson TASKS = new MultiTaskReportJson();

    private EvaluationTrees() {}

    public static JsonNode of(ModelEvaluation.Report report) {
        return switch (report) {
            case ModelEvaluation.Report.Labels labels -> LABELS.tree(labels.report());
            case ModelEvaluation.Report.Objects objects -> OBJECTS.tree(objects.report());
            case ModelEvaluation.Report.Tags tags -> TAGS.tree(tags.report());
        };
    }

    public static JsonNode of(EvaluationVerdict verdict) {
        return switch (verdict) {
            case ModelVerdict labels -> LABELS.tree(labels);
            case AnomalyVerdict anomalies -> LABELS.tree(anomalies);
            case DetectorVerdict objects -> OBJECTS.tree(objects);
            case MultiLabelVerdict tags -> TAGS.tree(tags);
            case MultiTaskVerdict tasks -> TASKS.tree(tasks);
        };
    }

    public static JsonNode of(RecordedComparison comparison) {
        return switch (comparison) {
            case EvaluationComparison labels -> LABELS.tree(labels.comparison());
            case DetectorEvaluationComparison objects -> OBJECTS.tree(objects.comparison());
        };
    }
}
