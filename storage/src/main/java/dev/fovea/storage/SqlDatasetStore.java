package dev.fovea.storage;

import dev.fovea.datasets.DatasetStore;
import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.DatasetVersionJson;
import dev.fovea.datasets.IngestReport;
import dev.fovea.datasets.IngestReportJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;

/** Data set versions on SQL; what is read proves its id. */
final class SqlDatasetStore implements DatasetStore {

    private final Database database;
    private final Damage damage;

    SqlDatasetStore(Database database, Damage damage) {
        this.database = database;
        this.damage = damage;
    }

    /** One that is kept already keeps its folder and report; its content is the same, unless it was damaged. */
    @Override
    public void save(DatasetVersion version, IngestReport report) {
        String content = DatasetVersionJson.write(version);
        String findings = IngestReportJson.write(report);
        database.write(transaction -> transaction.update(
                """
                INSERT INTO dataset_version (id, folder, labels, pictures, saved, content, report)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET labels = excluded.labels, content = excluded.content
                """,
                version.id(),
                report.folder(),
                Columns.json(version.labels()),
                version.items().size(),
                Columns.micros(Instant.now()),
                content,
                findings));
    }

    @Override
    public Optional<DatasetVersion> find(String id) {
        return text("SELECT content FROM dataset_version WHERE id = ?", id).map(DatasetVersionJson::read);
    }

    @Override
    public Optional<String> report(String id) {
        return text("SELECT report FROM dataset_version WHERE id = ?", id);
    }

    @Override
    public List<Summary> list() {
        return database.read(transaction -> transaction.readable(
                damage,
                row -> "Data set version %s".formatted(row.getString("id")),
                "It is left out of lists. Train on its folder again: fovea train FOLDER --name MODEL.",
                "SELECT id, folder, labels, pictures, saved FROM dataset_version ORDER BY saved DESC, id",
                row -> new Summary(
                        row.getString("id"),
                        row.getString("folder"),
                        Columns.value(row.getString("labels"), new TypeReference<List<String>>() {}),
                        row.getInt("pictures"),
                        row.getLong("saved"))));
    }

    private Optional<String> text(String sql, String id) {
        return database.read(transaction -> transaction.first(sql, row -> row.getString(1), id));
    }
}
