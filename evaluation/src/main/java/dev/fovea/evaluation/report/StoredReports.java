package dev.fovea.evaluation.report;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the JSON of all reports shares: names in snake_case, strict values, unknown fields ignored. */
final class StoredReports {

    private StoredReports() {}

    /** A mapper that reads what it wrote, to the last digit. */
    static JsonMapper.Builder mapper() {
        return JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    /** A stored report; {@code BUNDLE_CORRUPT} if the JSON is something else. */
    static <T> T read(JsonMapper mapper, String json, Class<T> type) {
        try {
            return Optional.ofNullable(mapper.readValue(json, type)).orElseThrow(() -> unreadable(json, null));
        } catch (JacksonException e) {
            throw unreadable(json, e);
        }
    }

    /** A value as a tree with one of its choices in lower case. */
    static ObjectNode tree(JsonMapper mapper, Object value, String name, Enum<?> choice) {
        ObjectNode tree = mapper.valueToTree(value);
        return tree.put(name, choice.name().toLowerCase(Locale.ROOT));
    }

    private static FoveaException unreadable(String json, @Nullable Throwable cause) {
        return new FoveaException(
                ErrorCode.BUNDLE_CORRUPT,
                "The stored evaluation (%d characters) cannot be read. Evaluate the version again."
                        .formatted(json.length()),
                cause);
    }
}
