package dev.fovea.evaluation;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The report as JSON, snake_case, as it is stored with a model version and answered by the API:
 *
 * <pre>{@code
 * {"pictures": 64, "truths": 542, "map50": {"value": 0.55, "low": 0.5, "high": 0.6}, "map50_to95": {…},
 *  "classes": [{"label": "person", "support": 139, "ap50": 0.61 or null, "ap50_to95": 0.37 or null}]}
 * }</pre>
 *
 * <p>Reading takes what writing gave, to the last digit, and passes over fields that it does not know. Thread-safe.
 */
public final class DetectionReportJson {

    private final JsonMapper mapper = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** The report as text on one line. */
    public String write(DetectionReport report) {
        return mapper.writeValueAsString(report);
    }

    /** The report as a tree, to be put into a larger document. */
    public JsonNode tree(DetectionReport report) {
        return mapper.valueToTree(report);
    }

    /** Reads what {@link #write} gave; {@code BUNDLE_CORRUPT} if it is no report. */
    public DetectionReport read(String json) {
        try {
            return Optional.ofNullable(mapper.readValue(json, DetectionReport.class))
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
