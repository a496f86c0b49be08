package dev.fovea.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowCopyTest {

    @TempDir
    private Path directory;

    @Test
    void shouldKnowEveryTable() {
        try (Database database = new SqliteDatabase(directory.resolve("fovea.db"))) {
            new Schema(database, "0.1.0").bringUp();
            List<String> tables = database.read(transaction -> transaction.list(
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('home', 'flyway_schema_history')",
                    row -> row.getString(1)));
            Set<String> copied =
                    RowCopy.TABLES.stream().map(RowCopy.Table::name).collect(Collectors.toSet());
            assertThat(copied).containsExactlyInAnyOrderElementsOf(tables);
        }
    }
}
