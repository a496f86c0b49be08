package dev.fovea.evaluation.report;

import dev.fovea.evaluation.classification.ClassificationReport;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The reports of a model of several tasks as JSON: {@code {"tasks": {"colour": {…}, "cut": {…}}}}, each as
 * {@link ReportJson} writes it, in the tasks' order. Thread-safe.
 */
public final class MultiTaskReportJson {

    private static final String TASKS = "tasks";

    private final ReportJson reports = new ReportJson();
    private final JsonMapper mapper = StoredReports.mapper().build();

    /** The reports as text on one line. */
    public String write(Map<String, ClassificationReport> tasks) {
        return mapper.writeValueAsString(tree(tasks));
    }

    /** The same as a tree. */
    public JsonNode tree(Map<String, ClassificationReport> tasks) {
        ObjectNode tree = mapper.createObjectNode();
        ObjectNode each = tree.putObject(TASKS);
        tasks.forEach((task, report) -> each.set(task, reports.tree(report)));
        return tree;
    }

    /** The verdict as a tree; write-only. */
    public JsonNode tree(MultiTaskVerdict verdict) {
        ObjectNode tree = mapper.createObjectNode();
        tree.put("usable", verdict.clearsFloor());
        ObjectNode each = tree.putObject(TASKS);
        verdict.tasks().forEach((task, own) -> each.set(task, reports.tree(own)));
        tree.set("sentences", mapper.valueToTree(verdict.sentences()));
        return tree;
    }

    /** Reads what {@link #write} wrote; {@code BUNDLE_CORRUPT} if it is something else. */
    public Map<String, ClassificationReport> read(String json) {
        try {
            Map<String, ClassificationReport> tasks = new LinkedHashMap<>();
            mapper.readTree(json)
                    .path(TASKS)
                    .properties()
                    .forEach(task -> tasks.put(
                            task.getKey(), reports.read(task.getValue().toString())));
            if (tasks.isEmpty()) {
                throw corrupt(new IllegalArgumentException("no tasks"));
            }
            return tasks;
        } catch (JacksonException e) {
            throw corrupt(e);
        }
    }

    private static FoveaException corrupt(Exception cause) {
        return new FoveaException(
                ErrorCode.BUNDLE_CORRUPT,
                "The evaluation is not that of several tasks. Register the model again.",
                cause);
    }
}
