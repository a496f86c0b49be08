package dev.fovea.storage.sql;

import dev.fovea.datasets.DatasetStore;
import dev.fovea.datasets.DatasetVersion;
import dev.fovea.datasets.DatasetVersionJson;
import dev.fovea.datasets.IngestReport;
import dev.fovea.datasets.report.IngestReportJson;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;

/** Image lists on SQL; reading verifies the id. */
public final class SqlDatasetStore implements DatasetStore {

    private final Database database;
    private final Damage damage;

    public SqlDatasetStore(Database database, Damage damage) {
        this.database = database;
        this.damage = damage;
    }

    /** An existing version keeps its folder and report; its content is the same, unless it was damaged. */
    @Override
    public void save(DatasetVersion version, IngestReport report) {
        String content = DatasetVersionJson.write(version);
        String findings = IngestReportJson.write(report);
        database.write(transaction -> transaction.update(
                """
                INSERT INTO dataset_version (id, folder, labels, images, saved, content, report)
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
        return text("content", id).map(DatasetVersionJson::read);
    }

    @Override
    public Optional<String> report(String id) {
        return text("report", id);
    }

    @Override
    public List<Summary> list() {
        return database.read(transaction -> transaction.readable(
                damage,
                row -> "Image list %s".formatted(row.getString("id")),
                "It is left out of lists. Train on its folder again: fovea train FOLDER --name MODEL.",
                "SELECT id, folder, labels, images, saved FROM dataset_version ORDER BY saved DESC, id",
                row -> new Summary(
                        Columns.text(row, "id"),
                        Columns.text(row, "folder"),
                        List.copyOf(Columns.value(Columns.text(row, "labels"), new TypeReference<List<String>>() {})),
                        Columns.whole(row, "images", 0, Integer.MAX_VALUE),
                        Columns.micros(Columns.instant(row, "saved")))));
    }

    private record Training(String id, String content, String report) {}

    /** Erases path, class and split of an image from all versions and reports; its hash stays. */
    public static void erase(Transaction transaction, String contentHash) throws SQLException {
        List<Training> trainings = transaction.list(
                "SELECT id, content, report FROM dataset_version WHERE content LIKE ?",
                row -> new Training(row.getString("id"), row.getString("content"), row.getString("report")),
                "%\"" + contentHash + "\"%");
        for (Training training : trainings) {
            DatasetVersion version = DatasetVersionJson.read(training.content());
            String report = training.report();
            for (DatasetVersion.Item item : version.items()) {
                if (item.contentHash().equals(contentHash)) {
                    report = report.replace(Columns.json(item.path()), "\"(forgotten)\"");
                }
            }
            transaction.update(
                    "UPDATE dataset_version SET content = ?, report = ? WHERE id = ?",
                    DatasetVersionJson.write(version.without(contentHash)),
                    report,
                    training.id());
        }
    }

    private Optional<String> text(String column, String id) {
        return database.read(transaction -> transaction.first(
                "SELECT %s FROM dataset_version WHERE id = ?".formatted(column), row -> stored(row, column, id), id));
    }

    private static String stored(ResultSet row, String column, String id) throws SQLException {
        if (row.getObject(column) instanceof String text) {
            return text;
        }
        throw new FoveaException(
                ErrorCode.DATASET_INVALID,
                "The %s of image list %s is damaged. Train on its folder again: fovea train FOLDER --name MODEL."
                        .formatted(column, id));
    }
}
