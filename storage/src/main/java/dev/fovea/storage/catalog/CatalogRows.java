package dev.fovea.storage.catalog;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.fovea.datasets.catalog.ClassDefinition;
import dev.fovea.datasets.catalog.LabelQuestion;
import dev.fovea.fault.ErrorCode;
import dev.fovea.json.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Values as columns: times as epoch microseconds, hashes as bytes, lists as JSON. */
final class CatalogRows {

    private static final Json JSON = Json.of("column", ErrorCode.STORAGE_FAILED);

    private CatalogRows() {}

    private record Classes(@JsonValue List<ClassDefinition> classes) {}

    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    static String json(List<String> texts) {
        return JSON.write(texts);
    }

    static List<String> texts(String json) {
        return Arrays.asList(JSON.read(json, String[].class));
    }

    static String classes(List<ClassDefinition> classes) {
        return JSON.write(new Classes(classes));
    }

    static List<ClassDefinition> classes(String json) {
        return Arrays.asList(JSON.read(json, ClassDefinition[].class));
    }

    static String question(LabelQuestion question) {
        return JSON.write(question);
    }

    static LabelQuestion question(String json) {
        return JSON.read(json, LabelQuestion.class);
    }

    /** {@code (?, ?, ?)} for a number of parameters. */
    static String places(int count) {
        return "(" + String.join(", ", Collections.nCopies(count, "?")) + ")";
    }
}
