package dev.fovea.quantize;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The report as JSON in snake_case, as stored with a version and returned by the API. Thread-safe. */
public final class QuantizationJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private QuantizationJson() {}

    /** The report as bytes. */
    public static byte[] write(QuantizationReport report) {
        return MAPPER.writeValueAsBytes(report);
    }

    /** The report as a tree, to be put into a larger document. */
    public static JsonNode tree(QuantizationReport report) {
        return MAPPER.valueToTree(report);
    }
}
