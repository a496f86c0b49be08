package dev.fovea.evaluation.report;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The report as JSON, snake_case, with its {@link MultiLabelVerdict}. Reading accepts what writing produced and ignores
 * fields that it does not know. Thread-safe.
 */
public final class MultiLabelReportJson {

    private final JsonMapper mapper = StoredReports.mapper().build();

    /** The report as text on one line. */
    public String write(MultiLabelReport report) {
        return mapper.writeValueAsString(tree(report));
    }

    /** The report as a tree, to be put into a larger document. */
    public JsonNode tree(MultiLabelReport report) {
        ObjectNode tree = mapper.valueToTree(report);
        tree.set("verdict", tree(MultiLabelVerdict.of(report)));
        return tree;
    }

    /** A verdict as a tree, with its outcome in lower case; write-only, as it is derived from the report. */
    public JsonNode tree(MultiLabelVerdict verdict) {
        return StoredReports.tree(mapper, verdict, "outcome", verdict.outcome());
    }

    /** Reads what {@link #write} gave; {@code BUNDLE_CORRUPT} if it is no report. */
    public MultiLabelReport read(String json) {
        return StoredReports.read(mapper, json, MultiLabelReport.class);
    }
}
