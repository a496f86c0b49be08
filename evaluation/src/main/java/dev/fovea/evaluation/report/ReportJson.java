package dev.fovea.evaluation.report;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.fovea.evaluation.classification.ClassificationReport;
import dev.fovea.evaluation.classification.Comparison;
import dev.fovea.statistics.ConfusionMatrix;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The report as JSON, snake_case, as stored with a model version and returned by the API:
 *
 * <pre>{@code
 * {"images": 180, "failed": {"IMAGE_CORRUPT": 2}, "accuracy": {"value": 0.95, "low": 0.91, "high": 0.97},
 *  "macro": {"precision": 0.9, "recall": 0.9, "f1": 0.9},
 *  "classes": [{"label": "hole", "support": 60, "precision": {…} or null, "recall": {…} or null, "f1": {…} or null}],
 *  "confusion": [[58, 1, 1], …], "calibration": {"before": 0.08, "after": 0.03, "temperature": 1.3},
 *  "verdict": {"outcome": "usable", "images": 180, "majority": {…}, …, "sentences": ["Usable: …", …]}}
 * }</pre>
 *
 * <p>Reading restores every digit and ignores unknown fields. Thread-safe.
 */
public final class ReportJson {

    /** Writes the matrix as its rows. */
    private abstract static class AsRows {

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        AsRows(List<List<Long>> unusedAsItOnlyNamesTheConstructor) {}

        @JsonValue
        abstract List<List<Long>> counts();
    }

    private final JsonMapper mapper =
            StoredReports.mapper().addMixIn(ConfusionMatrix.class, AsRows.class).build();

    /** The report as text on one line, with its {@link ModelVerdict}. */
    public String write(ClassificationReport report) {
        return mapper.writeValueAsString(tree(report));
    }

    /** The report as a tree, to be put into a larger document, with its {@link ModelVerdict}. */
    public JsonNode tree(ClassificationReport report) {
        ObjectNode tree = mapper.valueToTree(report);
        tree.set("verdict", tree(ModelVerdict.of(report)));
        return tree;
    }

    /** A verdict as a tree, with its outcome in lower case; write-only, as it is derived from the report. */
    public JsonNode tree(ModelVerdict verdict) {
        return StoredReports.tree(mapper, verdict, "outcome", verdict.outcome());
    }

    /** An anomaly detector's verdict as a tree; write-only. */
    public JsonNode tree(AnomalyVerdict verdict) {
        return mapper.valueToTree(verdict);
    }

    /** A comparison as a tree, with its {@code verdict} (in lower case) and {@code sentence}; write-only. */
    public JsonNode tree(Comparison comparison) {
        return StoredReports.tree(mapper, comparison, "verdict", comparison.verdict())
                .put("sentence", comparison.sentence());
    }

    /** Reads what {@link #write} wrote; {@code BUNDLE_CORRUPT} if it is something else. */
    public ClassificationReport read(String json) {
        return StoredReports.read(mapper, json, ClassificationReport.class);
    }
}
