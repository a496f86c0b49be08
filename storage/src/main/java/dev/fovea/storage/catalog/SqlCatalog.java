package dev.fovea.storage.catalog;

import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.catalog.ClassDefinition;
import dev.fovea.datasets.catalog.Dataset;
import dev.fovea.datasets.catalog.DatasetCatalog;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.catalog.ItemFilter.Tag;
import dev.fovea.datasets.catalog.LabelQuestion;
import dev.fovea.datasets.catalog.NewAnnotation;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.storage.files.BlobStore;
import dev.fovea.storage.sql.Database;
import dev.fovea.storage.sql.StoredColumn;
import dev.fovea.storage.sql.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Data sets and their classes on SQL. */
public final class SqlCatalog implements DatasetCatalog {

    private static final String COLUMNS = "SELECT id, name, task, question, created FROM dataset ";
    private static final int RENAMED_AT_ONCE = 500;

    private final Database database;
    private final BlobStore blobs;

    public SqlCatalog(Database database, BlobStore blobs) {
        this.database = database;
        this.blobs = blobs;
    }

    @Override
    public Dataset create(String name, ImageTask task, List<ClassDefinition> classes, String creator) {
        return database.write(transaction -> {
            if (transaction.number("SELECT count(*) FROM dataset WHERE name = ?", name) > 0) {
                throw new FoveaException(
                        ErrorCode.STATE_CONFLICT,
                        "There is a data set \"%s\" already. Use another name.".formatted(name));
            }
            long id = transaction.number(
                    "SELECT coalesce(max(id), 0) + 1 FROM (SELECT id FROM dataset UNION SELECT dataset FROM deleted_dataset) used");
            Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
            transaction.update(
                    "INSERT INTO dataset (id, name, task, question, created, creator) VALUES (?, ?, ?, ?, ?, ?)",
                    id,
                    name,
                    task.name(),
                    CatalogRows.question(LabelQuestion.EMPTY),
                    CatalogRows.micros(now),
                    creator);
            write(transaction, id, classes);
            return new Dataset(id, name, task, LabelQuestion.EMPTY, classes, now);
        });
    }

    @Override
    public List<DatasetSummary> list() {
        return database.read(transaction -> {
            List<DatasetSummary> summaries = new ArrayList<>();
            for (Row row : transaction.list(COLUMNS + "ORDER BY name", SqlCatalog::row)) {
                summaries.add(summary(transaction, row));
            }
            return summaries;
        });
    }

    @Override
    public Optional<DatasetSummary> find(String name) {
        return database.read(transaction -> {
            Optional<Row> row = transaction.first(COLUMNS + "WHERE name = ?", SqlCatalog::row, name);
            return row.isEmpty() ? Optional.empty() : Optional.of(summary(transaction, row.get()));
        });
    }

    @Override
    public Dataset question(long dataset, LabelQuestion question) {
        return database.write(transaction -> {
            transaction.update("UPDATE dataset SET question = ? WHERE id = ?", CatalogRows.question(question), dataset);
            return dataset(transaction, dataset);
        });
    }

    @Override
    public Dataset classes(long dataset, UnaryOperator<List<ClassDefinition>> change) {
        return database.write(transaction -> {
            requirePresent(transaction, dataset);
            List<ClassDefinition> before = classesOf(transaction, dataset);
            List<ClassDefinition> classes = change.apply(before);
            List<String> names = classes.stream().map(ClassDefinition::name).toList();
            for (ClassDefinition present : before) {
                long used = names.contains(present.name()) ? 0 : labelled(transaction, dataset, present.name());
                if (used > 0) {
                    throw new FoveaException(
                            ErrorCode.STATE_CONFLICT,
                            "The class \"%s\" labels %,d images and cannot be left out. Relabel them, or rename the class."
                                    .formatted(present.name(), used));
                }
            }
            write(transaction, dataset, classes);
            return dataset(transaction, dataset);
        });
    }

    @Override
    public int rename(long dataset, String from, String to, String author) {
        int changed = 0;
        int page;
        do {
            page = database.write(transaction -> renamePage(transaction, dataset, from, to, author));
            changed += page;
        } while (page == RENAMED_AT_ONCE);
        return changed
                + database.write(transaction -> {
                    int last = renamePage(transaction, dataset, from, to, author);
                    renameWeights(transaction, dataset, from, to, author);
                    ClassRenamings.record(transaction, dataset, from, to);
                    List<ClassDefinition> classes = classesOf(transaction, dataset);
                    boolean merges =
                            classes.stream().anyMatch(each -> each.name().equals(to));
                    write(
                            transaction,
                            dataset,
                            classes.stream()
                                    .filter(each -> !merges || !each.name().equals(from))
                                    .map(each -> each.name().equals(from) ? each.renamed(to) : each)
                                    .toList());
                    return last;
                });
    }

    @Override
    public DeletedDataset delete(long dataset, String author, String reason, Instant when) {
        return DatasetDeletion.delete(database, blobs, dataset, author, reason, when);
    }

    @Override
    public List<DeletedDataset> deleted() {
        return database.read(DatasetDeletion::all);
    }

    @Override
    public Optional<DeletedDataset> deleted(String name) {
        return database.read(transaction -> DatasetDeletion.newest(transaction, name));
    }

    @Override
    public List<String> faults() {
        return CatalogCheck.faults(database);
    }

    private static int renamePage(Transaction transaction, long dataset, String from, String to, String author)
            throws SQLException {
        List<Long> ids = transaction.list(
                "SELECT item FROM item_tag WHERE dataset = ? AND name = ? AND value = ? ORDER BY item LIMIT ?",
                row -> StoredColumn.whole(row, 1),
                dataset,
                Tag.CLASS,
                from,
                RENAMED_AT_ONCE);
        ItemWriter writer = new ItemWriter(transaction, dataset);
        for (DatasetItem item : ItemRows.load(transaction, ids)) {
            writer.relabel(
                    item, ClassRenamings.renamed(item.label().orElseThrow().content(), from, to, author), true);
        }
        writer.flush();
        return ids.size();
    }

    /** Soft labels name classes with which the image is not tagged. */
    private static void renameWeights(Transaction transaction, long dataset, String from, String to, String author)
            throws SQLException {
        List<Long> soft = transaction.list(
                "SELECT a.item FROM annotation a JOIN item i ON i.id = a.item WHERE i.dataset = ? AND i.removed IS NULL"
                        + " AND a.in_force = 1 AND a.content LIKE '%\"weights\"%' ORDER BY a.item",
                row -> StoredColumn.whole(row, 1), dataset);
        ItemWriter writer = new ItemWriter(transaction, dataset);
        for (int at = 0; at < soft.size(); at += RENAMED_AT_ONCE) {
            List<Long> page = soft.subList(at, Math.min(at + RENAMED_AT_ONCE, soft.size()));
            for (DatasetItem item : ItemRows.load(transaction, page)) {
                NewAnnotation label = item.label().orElseThrow().content();
                if (label.value() instanceof ClassLabels labels
                        && labels.weights().containsKey(from)) {
                    writer.relabel(item, ClassRenamings.renamed(label, from, to, author), true);
                }
            }
        }
        writer.flush();
    }

    private static long labelled(Transaction transaction, long dataset, String name) throws SQLException {
        return transaction
                .first(
                        "SELECT items FROM tag_count WHERE dataset = ? AND name = ? AND value = ?",
                        row -> StoredColumn.whole(row, 1),
                        dataset,
                        Tag.CLASS,
                        name)
                .orElse(0L);
    }

    private record Row(long id, String name, ImageTask task, LabelQuestion question, Instant created) {
        Dataset with(List<ClassDefinition> classes) {
            return new Dataset(id, name, task, question, classes, created);
        }
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                StoredColumn.whole(row, "id"),
                StoredColumn.text(row, "name"),
                StoredColumn.parsed(row, "task", ImageTask::valueOf),
                StoredColumn.parsed(row, "question", CatalogRows::question),
                StoredColumn.instant(row, "created"));
    }

    private static DatasetSummary summary(Transaction transaction, Row row) throws SQLException {
        Dataset dataset = row.with(classesOf(transaction, row.id()));
        long labelled = count(transaction, row.id(), "yes");
        return new DatasetSummary(
                dataset,
                labelled + count(transaction, row.id(), "no"),
                labelled,
                SqlVersions.newest(transaction, row.id()));
    }

    static Dataset dataset(Transaction transaction, long id) throws SQLException {
        Row row =
                transaction.first(COLUMNS + "WHERE id = ?", SqlCatalog::row, id).orElseThrow(SqlCatalog::gone);
        return row.with(classesOf(transaction, id));
    }

    /** {@code DATASET_UNKNOWN} when the data set was deleted since it was looked up. */
    static void requirePresent(Transaction transaction, long id) throws SQLException {
        if (transaction.number("SELECT count(*) FROM dataset WHERE id = ?", id) == 0) {
            throw gone();
        }
    }

    static FoveaException gone() {
        return new FoveaException(
                ErrorCode.DATASET_UNKNOWN,
                "The data set was deleted meanwhile. List those that are there with: fovea data list");
    }

    /** Number of images that are labelled, or are not. */
    static long count(Transaction transaction, long dataset, String labelled) throws SQLException {
        return transaction
                .first(
                        "SELECT items FROM tag_count WHERE dataset = ? AND name = ? AND value = ?",
                        row -> StoredColumn.whole(row, 1),
                        dataset,
                        Tag.LABELLED,
                        labelled)
                .orElse(0L);
    }

    static List<ClassDefinition> classesOf(Transaction transaction, long dataset) throws SQLException {
        return transaction.list(
                "SELECT name, definition, examples, counter_examples FROM dataset_class WHERE dataset = ? ORDER BY position",
                row -> new ClassDefinition(
                        StoredColumn.text(row, 1),
                        StoredColumn.text(row, 2),
                        StoredColumn.parsed(row, 3, CatalogRows::texts),
                        StoredColumn.parsed(row, 4, CatalogRows::texts)),
                dataset);
    }

    static void write(Transaction transaction, long dataset, List<ClassDefinition> classes) throws SQLException {
        transaction.update("DELETE FROM dataset_class WHERE dataset = ?", dataset);
        for (int i = 0; i < classes.size(); i++) {
            ClassDefinition each = classes.get(i);
            transaction.update(
                    "INSERT INTO dataset_class (dataset, position, name, definition, examples, counter_examples) VALUES (?, ?, ?, ?, ?, ?)",
                    dataset,
                    i,
                    each.name(),
                    each.definition(),
                    CatalogRows.json(each.examples()),
                    CatalogRows.json(each.counterExamples()));
        }
    }
}
