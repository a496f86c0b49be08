package dev.fovea.pipeline.search;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Searches as JSON in snake_case, as stored with a version and returned by the API. Thread-safe. */
public final class SearchJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private SearchJson() {}

    /** A record of a search, or a report that holds one. */
    public static String write(Object record) {
        return MAPPER.writeValueAsString(record);
    }

    /** The same as bytes. */
    public static byte[] bytes(SearchRecord record) {
        return write(record).getBytes(StandardCharsets.UTF_8);
    }
}
