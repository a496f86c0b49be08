package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.datasets.IngestProgress;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.storage.catalog.CatalogRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each column of the tables of data sets and labels, filled in turn with values that do not belong there: reading gives
 * an error that names the table and the remedy, or {@code data verify} does. No other result than before is silent.
 */
class DamagedCatalogTest {

    private static final List<String> GARBAGE = List.of(
            "NULL", "''", "'x'", "'[null'", "'{\"a\":\"Infinity\"}'", "-1", "9223372036854775807", "1e308", "x'00ff'");

    /** Any text may be there, so that only what is no text can be told from what was written. */
    private static final Set<String> FREE_TEXTS = Set.of(
            "dataset.name",
            "dataset.creator",
            "dataset_class.definition",
            "class_renaming.old_name",
            "tombstone.forgotten_by",
            "deleted_dataset.name",
            "deleted_dataset.deleted_by",
            "deleted_dataset.reason",
            "tombstone.reason",
            "image.file",
            "embedder.name",
            "item.item_group",
            "item.source",
            "annotation.annotator",
            "annotation.prefill_model",
            "annotation.client_id",
            "data_version.message",
            "data_version.author",
            "label_task.score_reason",
            "label_lease.id",
            "label_lease.annotator",
            "label_lease.prefill_model",
            "label_pilot.author",
            "confirmed_part.id",
            "confirmed_part.class",
            "confirmed_part.annotator");

    private static final Set<String> FREE_NUMBERS = Set.of(
            "label_task.extra = -1",
            "label_task.score = -1",
            "confirmed_part.x = -1",
            "confirmed_part.y = -1",
            "confirmed_part.width = -1",
            "confirmed_part.height = -1");

    /** Nothing is as good a value as any, and contradicts nothing. */
    private static final Set<String> FREE_TO_BE_ABSENT = Set.of(
            "tombstone.twin",
            "image.perceptual_hash",
            "image.twin",
            "item.item_group",
            "annotation.millis",
            "annotation.client_id",
            "labelling.need",
            "label_task.reason",
            "label_task.score_reason",
            "label_task.known",
            "label_task.pilot",
            "label_task.confidence",
            "label_task.pilot_people",
            "label_pilot.ended");

    @TempDir
    private static Path directory;

    private static final Map<String, Object> WHOLE = new HashMap<>();

    record Column(String table, String column) {
        @Override
        public String toString() {
            return table + "." + column;
        }
    }

    @BeforeAll
    static void fill() throws SQLException {
        try (Home home = Home.open(template(), "0.1.0")) {
            new CatalogSample(home).fill(directory);
            WHOLE.putAll(read(home, new ArrayList<>()));
            assertThat(new CatalogSample(home)
                            .datasets()
                            .verify(CatalogSample.SHIRTS, IngestProgress.SILENT)
                            .faults())
                    .isEmpty();
        }
        execute(
                template(),
                "PRAGMA writable_schema = ON",
                "UPDATE sqlite_schema SET sql = replace(sql, ' NOT NULL', '') WHERE type = 'table'",
                "PRAGMA writable_schema = RESET");
    }

    /** A table is covered here by rules of its own, or in {@link DamagedColumnsTest}. */
    @Test
    void shouldHaveARuleForEachColumn() throws SQLException {
        Set<String> rules = new TreeSet<>(CatalogRules.columns());
        Set<String> tables = tables();
        assertThat(columns()).extracting(Column::toString).containsExactlyInAnyOrderElementsOf(rules);
        assertThat(tables).hasSizeGreaterThan(15);
    }

    @ParameterizedTest
    @MethodSource("columns")
    void shouldSayWhichTableIsDamaged(Column column) throws Exception {
        int damaged = 0;
        for (String garbage : GARBAGE) {
            Path home = directory.resolve(column + "-" + GARBAGE.indexOf(garbage));
            Files.createDirectories(home);
            Files.copy(template().resolve("fovea.db"), home.resolve("fovea.db"));
            Files.createSymbolicLink(home.resolve("blobs"), template().resolve("blobs"));
            if (damage(home, column, garbage)) {
                damaged++;
                check(home, column, garbage);
            }
            Files.delete(home.resolve("fovea.db"));
        }
        assertThat(damaged).isPositive();
    }

    private static void check(Path root, Column column, String garbage) {
        List<FoveaException> errors = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        Map<String, Object> readings;
        try (Home home = Home.open(root, "0.1.0")) {
            faults.addAll(home.catalog().faults());
            readings = read(home, errors);
        }
        String what = column + " = " + garbage;
        assertThat(errors).as(what).allSatisfy(error -> {
            assertThat(error.code()).isNotEqualTo(ErrorCode.INTERNAL);
            assertThat(error.getMessage()).doesNotContain("Exception", "dev.fovea", "JsonToken", "Optional[");
        });
        errors.stream()
                .filter(error -> error.code() == ErrorCode.STORAGE_FAILED)
                .map(FoveaException::getMessage)
                .forEach(faults::add);
        Object verified = readings.getOrDefault("verify", List.of());
        if (verified instanceof List<?> sentences) {
            sentences.forEach(sentence -> faults.add(String.valueOf(sentence)));
        }
        boolean found = faults.stream().anyMatch(fault -> fault.contains("table ") && fault.contains("Restore"));
        boolean free = garbage.equals("NULL")
                ? FREE_TO_BE_ABSENT.contains(column.toString())
                : FREE_TEXTS.contains(column.toString()) && !garbage.equals("x'00ff'")
                        || FREE_NUMBERS.contains(what)
                        || column.toString().equals("image.perceptual_hash");
        assertThat(found || free).as("%s: %s", what, faults).isTrue();
    }

    /** All that is read of a data set, by its name; what fails is an error. */
    private static Map<String, Object> read(Home home, List<FoveaException> errors) {
        Map<String, Object> results = new LinkedHashMap<>();
        new CatalogSample(home).readings().forEach((name, reading) -> {
            try {
                results.put(name, reading.get());
            } catch (FoveaException e) {
                errors.add(e);
            }
        });
        return results;
    }

    static List<Column> columns() throws SQLException {
        List<Column> columns = new ArrayList<>();
        Set<String> tables = tables();
        try (Connection connection = connection(template());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table'
                        """)) {
            while (row.next()) {
                if (tables.contains(row.getString(1))) {
                    columns.add(new Column(row.getString(1), row.getString(2)));
                }
            }
        }
        return columns;
    }

    /** The tables that have rules. */
    static Set<String> tables() {
        Set<String> tables = new TreeSet<>();
        CatalogRules.columns().forEach(column -> tables.add(column.substring(0, column.indexOf('.'))));
        return tables;
    }

    /** Whether a row was changed; SQLite itself keeps some values out of keys. */
    private static boolean damage(Path home, Column column, String garbage) throws SQLException {
        String keys = Optional.of(text(
                        home,
                        "SELECT group_concat(name, ', ') FROM pragma_table_info('%s') WHERE pk > 0"
                                .formatted(column.table())))
                .orElseThrow();
        String row = "(SELECT %s FROM %s WHERE %s IS NOT NULL ORDER BY 1 DESC LIMIT 1)"
                .formatted(keys, column.table(), column.column());
        try (Connection connection = connection(home);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA ignore_check_constraints = ON");
            return statement.executeUpdate("UPDATE OR IGNORE %s SET %s = %s WHERE (%s) = %s"
                            .formatted(column.table(), column.column(), garbage, keys, row))
                    > 0;
        }
    }

    private static String text(Path home, String query) throws SQLException {
        try (Connection connection = connection(home);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.getString(1);
        }
    }

    private static void execute(Path home, String... commands) throws SQLException {
        try (Connection connection = connection(home);
                Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }

    private static Connection connection(Path home) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + home.resolve("fovea.db"));
    }

    private static Path template() {
        return directory.resolve("template");
    }
}
