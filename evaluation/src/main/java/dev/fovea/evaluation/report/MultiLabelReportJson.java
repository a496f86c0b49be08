package dev.fovea.evaluation.report;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The report as JSON, snake_case, with its {@link MultiLabelVerdict}. Reading takes what writing gave and passes over
 * fields that it does not know. Thread-safe.
 */
public final class MultiLabelReportJson {

    private final JsonMapper mapper = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

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

    /** A verdict as a tree, its outcome in lower case; written only, never read: it follows from the report. */
    public JsonNode tree(MultiLabelVerdict verdict) {
        ObjectNode tree = mapper.valueToTree(verdict);
        tree.put("outcome", verdict.outcome().name().toLowerCase(Locale.ROOT));
        return tree;
    }

    /** Reads what {@link #write} gave; {@code BUNDLE_CORRUPT} if it is no report. */
    public MultiLabelReport read(String json) {
        try {
            return Optional.ofNullable(mapper.readValue(json, MultiLabelReport.class))
                    .orElseThrow(() -> unreadable(json, null));
        } catch (JacksonException e) {
            throw unreadable(json, e);
        }
    }

    private static FoveaException unreadable(String json, @Nullable Throwable cause) {
        return new FoveaException(
                ErrorCode.BUNDLE_CORRUPT,
                "The stored evaluation (%d characters) cannot be read. Evaluate the version again."
                        .formatted(json.length()),
                cause);
    }
}
