package dev.fovea.storage;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** How values are put into columns: times as epoch microseconds, lists and maps as JSON. */
final class Columns {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private Columns() {}

    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    static String json(Object value) {
        return JSON.writeValueAsString(value);
    }

    static <T> T value(String json, TypeReference<T> type) {
        return JSON.readValue(json, type);
    }
}
