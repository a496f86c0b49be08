package dev.fovea.server;

import dev.fovea.evaluation.DetectionReportJson;
import dev.fovea.evaluation.DetectorEvaluationComparison;
import dev.fovea.evaluation.DetectorVerdict;
import dev.fovea.evaluation.EvaluationComparison;
import dev.fovea.evaluation.EvaluationVerdict;
import dev.fovea.evaluation.ModelVerdict;
import dev.fovea.evaluation.MultiLabelReportJson;
import dev.fovea.evaluation.MultiLabelVerdict;
import dev.fovea.evaluation.RecordedComparison;
import dev.fovea.evaluation.ReportJson;
import dev.fovea.pipeline.ModelEvaluation;
import tools.jackson.databind.JsonNode;

/** Reports, verdicts and comparisons of every task as JSON. Pure. */
final class EvaluationTrees {

    private static final ReportJson LABELS = new ReportJson();
    private static final DetectionReportJson OBJECTS = new DetectionReportJson();
    private static final MultiLabelReportJson TAGS = new MultiLabelReportJson();

    private EvaluationTrees() {}

    static JsonNode of(ModelEvaluation.Report report) {
        return switch (report) {
            case ModelEvaluation.Report.Labels labels -> LABELS.tree(labels.report());
            case ModelEvaluation.Report.Objects objects -> OBJECTS.tree(objects.report());
            case ModelEvaluation.Report.Tags tags -> TAGS.tree(tags.report());
        };
    }

    static JsonNode of(EvaluationVerdict verdict) {
        return switch (verdict) {
            case ModelVerdict labels -> LABELS.tree(labels);
            case DetectorVerdict objects -> OBJECTS.tree(objects);
            case MultiLabelVerdict tags -> TAGS.tree(tags);
        };
    }

    static JsonNode of(RecordedComparison comparison) {
        return switch (comparison) {
            case EvaluationComparison labels -> LABELS.tree(labels.comparison());
            case DetectorEvaluationComparison objects -> OBJECTS.tree(objects.comparison());
        };
    }
}
