package dev.fovea.cli.learn.multitask;

import dev.fovea.api.EvaluationTrees;
import dev.fovea.evaluation.report.ReportJson;
import dev.fovea.pipeline.multitask.MultiTaskTraining.MultiTaskTrained;
import dev.fovea.pipeline.multitask.TaskComparison;
import dev.fovea.pipeline.multitask.TaskSavings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The result of a training of several tasks for {@code --json}.
 *
 * @param reason why it was promoted or not
 * @param comparison with the version in production; absent when there was none
 * @param verdict of each task, with its figures
 * @param tasks the report of each
 * @param savings beside a model for each task
 */
public record MultiTaskSummary(
        String model,
        int version,
        boolean promoted,
        String reason,
        Optional<TasksAgainst> comparison,
        JsonNode verdict,
        Map<String, JsonNode> tasks,
        SavingsSummary savings) {

    /** Against production, by task. */
    public record TasksAgainst(int version, boolean compared, String verdict, List<String> sentences) {}

    /**
     * Beside a model for each task.
     *
     * @param comparisons with the model of the task alone, by task
     */
    public record SavingsSummary(
            long bytes,
            long singleBytes,
            double millis,
            double singleMillis,
            int runs,
            Map<String, JsonNode> comparisons) {}

    /** Of a result. */
    public static MultiTaskSummary of(MultiTaskTrained result) {
        ReportJson reports = new ReportJson();
        Map<String, JsonNode> tasks = new LinkedHashMap<>();
        result.reports().forEach((task, report) -> tasks.put(task, reports.tree(report)));
        return new MultiTaskSummary(
                result.version().name(),
                result.version().number(),
                result.promotion().promoted(),
                result.promotion().reason(),
                result.production().map(MultiTaskSummary::against),
                EvaluationTrees.of(result.verdict()),
                tasks,
                savings(result.savings(), reports));
    }

    private static TasksAgainst against(TaskComparison comparison) {
        return new TasksAgainst(
                comparison.production(),
                comparison.isCompared(),
                comparison.verdict().name().toLowerCase(Locale.ROOT),
                comparison.sentences());
    }

    private static SavingsSummary savings(TaskSavings savings, ReportJson reports) {
        Map<String, JsonNode> comparisons = new LinkedHashMap<>();
        savings.tasks().forEach((task, comparison) -> comparisons.put(task, reports.tree(comparison)));
        return new SavingsSummary(
                savings.bytes(),
                savings.singleBytes(),
                savings.latency().millis(),
                savings.latency().singleMillis(),
                savings.latency().runs(),
                comparisons);
    }
}
