package dev.fovea.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.storage.RowCopy.TableContent;
import dev.fovea.storage.sql.Database;
import dev.fovea.storage.sql.SqliteDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowCopyTest {

    private static final int ROWS = 1_234;

    @TempDir
    private Path directory;

    @Test
    void shouldKnowEveryTable() {
        try (Database database = database("fresh")) {
            List<String> tables = database.read(transaction -> transaction.list(
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('home', 'flyway_schema_history')",
                    row -> row.getString(1)));
            Set<String> copied =
                    RowCopy.TABLES.stream().map(RowCopy.Table::name).collect(Collectors.toSet());
            assertThat(copied).containsExactlyInAnyOrderElementsOf(tables);
        }
    }

    /** Pages end within equal first and second columns of the key; a row that comes meanwhile is not in the copy. */
    @Test
    void shouldCopyEveryRowOnceWhereRowsComeBetweenThePages() {
        try (Database from = database("from");
                Database to = database("to")) {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            for (int i = 0; i < ROWS; i++) {
                rows.add(List.of((long) (i / 700), "name" + i % 2, "value" + i, (long) i));
            }
            insert(from, rows);
            SortedMap<String, TableContent> before = from.read(transaction -> {
                SortedMap<String, TableContent> contents = RowCopy.contents(transaction);
                insert(from, List.of(List.of(0L, "name0", "between", 1L)));
                from.write(other -> other.update("DELETE FROM tag_count WHERE value = 'value3'"));
                RowCopy.copy(transaction, to);
                return contents;
            });
            SortedMap<String, TableContent> after = to.read(RowCopy::contents);

            assertThat(after).isEqualTo(before);
            assertThat(after.get("tag_count")).extracting(TableContent::count).isEqualTo((long) ROWS);
        }
    }

    private Database database(String name) {
        Home.open(directory.resolve(name), "0.1.0").close();
        return new SqliteDatabase(directory.resolve(name).resolve("fovea.db"));
    }

    private static void insert(Database database, List<List<@Nullable Object>> rows) {
        int _ = database.write(transaction -> {
            transaction.batch("INSERT INTO tag_count (dataset, name, value, items) VALUES (?, ?, ?, ?)", rows);
            return rows.size();
        });
    }
}
