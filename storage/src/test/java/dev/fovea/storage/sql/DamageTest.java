package dev.fovea.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.evaluation.Evaluation;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

/** Reasons for users: no class, constant or token of Java. */
class DamageTest {

    @Test
    void shouldNameNoJavaClasses() {
        List<Damage.Reading<?>> readings = List.of(
                () -> Evaluation.Origin.valueOf("x"),
                () -> Columns.value("{}", new TypeReference<List<String>>() {}),
                () -> Columns.value("{\"a\": \"much\"}", new TypeReference<Map<String, Double>>() {}),
                () -> Columns.value("[", new TypeReference<List<String>>() {}),
                () -> Map.copyOf(null),
                () -> List.of(1).get(7),
                () -> {
                    throw new SQLException("org.sqlite.SQLiteException: [SQLITE_CORRUPT]");
                });
        assertThat(readings)
                .allSatisfy(reading -> assertThat(reason(reading))
                        .isNotBlank()
                        .doesNotContain("dev.fovea", "java.", "JsonToken", "Exception", "enum constant", "null", "`"));
    }

    @Test
    void shouldSayWhereJsonEnds() {
        assertThat(reason(() -> Columns.value("[1,\n2", new TypeReference<List<Integer>>() {})))
                .contains("line 2");
    }

    @Test
    void shouldKeepReasonsAsText() {
        assertThat(reason(() -> {
                    throw new IllegalArgumentException("its number is \"x\" and must be a whole number.");
                }))
                .isEqualTo("its number is \"x\" and must be a whole number");
    }

    private static String reason(Damage.Reading<?> reading) {
        try {
            return "read: " + reading.read() + " dev.fovea";
        } catch (RuntimeException | SQLException e) {
            return Damage.reason(e);
        }
    }
}
