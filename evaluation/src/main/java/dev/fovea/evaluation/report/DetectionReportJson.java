package dev.fovea.evaluation.report;

import dev.fovea.evaluation.detection.DetectionComparison;
import dev.fovea.evaluation.detection.DetectionReport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The report as JSON, snake_case, as stored with a model version and returned by the API:
 *
 * <pre>{@code
 * {"images": 64, "truths": 542, "map50": {"value": 0.55, "low": 0.5, "high": 0.6}, "map50_to95": {…},
 *  "classes": [{"label": "person", "support": 139, "ap50": 0.61 or null, "ap50_to95": 0.37 or null}],
 *  "verdict": {"outcome": "usable", "images": 64, "objects": 542, …, "sentences": ["Usable: …", …]}}
 * }</pre>
 *
 * <p>Reading restores every digit and ignores unknown fields. Thread-safe.
 */
public final class DetectionReportJson {

    private final JsonMapper mapper = StoredReports.mapper().build();

    /** The report as text on one line, with its {@link DetectorVerdict}. */
    public String write(DetectionReport report) {
        return mapper.writeValueAsString(tree(report));
    }

    /** The report as a tree, to be put into a larger document, with its {@link DetectorVerdict}. */
    public JsonNode tree(DetectionReport report) {
        ObjectNode tree = mapper.valueToTree(report);
        tree.set("verdict", tree(DetectorVerdict.of(report)));
        return tree;
    }

    /** A verdict as a tree, with its outcome in lower case; write-only, as it is derived from the report. */
    public JsonNode tree(DetectorVerdict verdict) {
        return StoredReports.tree(mapper, verdict, "outcome", verdict.outcome());
    }

    /** A comparison as a tree, with its {@code verdict} (in lower case) and {@code sentence}; write-only. */
    public JsonNode tree(DetectionComparison comparison) {
        return StoredReports.tree(mapper, comparison, "verdict", comparison.verdict())
                .put("sentence", comparison.sentence());
    }

    /** Reads what {@link #write} gave; {@code BUNDLE_CORRUPT} if it is no report. */
    public DetectionReport read(String json) {
        return StoredReports.read(mapper, json, DetectionReport.class);
    }
}
