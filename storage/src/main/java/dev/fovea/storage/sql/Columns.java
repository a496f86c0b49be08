package dev.fovea.storage.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Values as columns: times as epoch microseconds, lists and maps as JSON. Reading is strict, because SQLite allows any
 * value in any column and its driver reads text as 0.
 */
final class Columns {

    /** The last microsecond of the year 9999, the last that ISO 8601 writes with four digits. */
    private static final long LAST_MICROS = 253_402_300_799_999_999L;

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

    /** A time from 1970 to 9999. */
    static Instant instant(ResultSet row, String column) throws SQLException {
        return instant(whole(row, column, 0, LAST_MICROS));
    }

    /** A required text. NUL is never stored, so that it means damage. */
    static String text(ResultSet row, String column) throws SQLException {
        if (row.getObject(column) instanceof String text && text.indexOf('\0') < 0) {
            return text;
        }
        throw unreadable(row, column, "a text");
    }

    /** A whole number from {@code min} to {@code max}. */
    static int whole(ResultSet row, String column, int min, int max) throws SQLException {
        return (int) whole(row, column, (long) min, max);
    }

    /** A whole number from {@code min} to {@code max}. */
    static long whole(ResultSet row, String column, long min, long max) throws SQLException {
        Object stored = row.getObject(column);
        if (stored instanceof Integer || stored instanceof Long) {
            long value = ((Number) stored).longValue();
            if (value >= min && value <= max) {
                return value;
            }
        }
        throw unreadable(row, column, "a whole number from %d to %d".formatted(min, max));
    }

    /** A number from {@code min} to {@code max}. */
    static double number(ResultSet row, String column, double min, double max) throws SQLException {
        if (row.getObject(column) instanceof Number number
                && number.doubleValue() >= min
                && number.doubleValue() <= max) {
            return number.doubleValue();
        }
        throw unreadable(row, column, "a number from %s to %s".formatted(min, max));
    }

    /** One of an enum's names. */
    static <E extends Enum<E>> E choice(ResultSet row, String column, Class<E> type) throws SQLException {
        List<E> choices = List.of(type.getEnumConstants());
        String text = row.getObject(column) instanceof String stored ? stored : "";
        for (E choice : choices) {
            if (choice.name().equals(text)) {
                return choice;
            }
        }
        throw unreadable(row, column, "one of %s".formatted(choices));
    }

    private static IllegalArgumentException unreadable(ResultSet row, String column, String expected)
            throws SQLException {
        Object stored = row.getObject(column);
        String found = stored == null
                ? "missing"
                : stored instanceof byte[] bytes ? "%d bytes".formatted(bytes.length) : "\"%s\"".formatted(stored);
        return new IllegalArgumentException("its %s is %s and must be %s".formatted(column, found, expected));
    }

    static String json(Object value) {
        return JSON.writeValueAsString(value);
    }

    static <T> T value(String json, TypeReference<T> type) {
        return JSON.readValue(json, type);
    }
}
