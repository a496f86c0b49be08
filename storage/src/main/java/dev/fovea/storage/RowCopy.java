package dev.fovea.storage;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.storage.files.DurableFiles;
import dev.fovea.storage.sql.Database;
import dev.fovea.storage.sql.Transaction;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Copies all rows of a home into another database, and verifies them by counts and hashes. */
public final class RowCopy {

    /** Rows per page: no more than a few megabytes. */
    private static final int PAGE = 500;

    private static final String REVISION = "registry_revision";

    /** All tables but {@code home}, each with its key; referenced tables first. */
    static final List<Table> TABLES = List.of(
            new Table(REVISION, "id"),
            new Table("model", "name"),
            new Table("model_version", "model, number"),
            new Table("model_alias", "model, alias"),
            new Table("promotion", "model, position"),
            new Table("audit", "revision"),
            new Table("deleted_version", "model, number"),
            new Table("archived_version", "model, number"),
            new Table("model_cascade", "model"),
            new Table("model_fallback", "model"),
            new Table("job", "id"),
            new Table("training_run", "id"),
            new Table("monitoring_state", "server, model, version"),
            new Table("dataset_version", "id"),
            new Table("tuning", "bundle, machine"),
            new Table("remote_cost", "model, month"),
            new Table("shadow", "model"),
            new Table("shadow_count", "model, kind, name"),
            new Table("shadow_difference", "model, at, request"),
            new Table("alert", "id"),
            new Table("alert_entry", "alert, number"),
            new Table("alert_delivery", "id"),
            new Table("alert_attempt", "delivery, number"),
            new Table("alert_silence", "id"),
            new Table("evaluation", "id"),
            new Table("evaluation_image", "evaluation, number"),
            new Table("lease", "name"),
            new Table("truth", "model, request"),
            new Table("truth_prediction", "model, request, version"),
            new Table("truth_conflict", "model, request, labels"),
            new Table("truth_repeat", "model"),
            new Table("rollout", "id"),
            new Table("rollout_sums", "rollout, server"),
            new Table("traffic_sketch", "model, version, started, server"),
            new Table("drift_setting", "model"),
            new Table("objective", "model"),
            new Table("service_level", "model, started, server"),
            new Table("drift_acceptance", "model, version"),
            new Table("drift_block", "model, version, started"),
            new Table("drift_report", "model, version"),
            new Table("label_plan", "id"),
            new Table("label_draw", "plan, number"),
            new Table("kpi", "model, name, kind, subject, happened"),
            new Table("keep_policy", "model"),
            new Table("keep_part", "model, day, number"),
            new Table("keep_candidate", "id"),
            new Table("kept_image", "id"),
            new Table("kpi_repeat", "model, name"),
            new Table("experiment", "id"),
            new Table("experiment_count", "experiment, server, started, version"),
            new Table("experiment_unit", "experiment, unit"),
            new Table("leftover", "kind, id"),
            new Table("pending_pack", "id"),
            new Table("dataset", "id"),
            new Table("dataset_class", "dataset, name"),
            new Table("class_renaming", "dataset, position"),
            new Table("image", "hash"),
            new Table("embedder", "id"),
            new Table("embedding", "embedder, hash"),
            new Table("item", "id"),
            new Table("item_tag", "dataset, name, value, item"),
            new Table("tag_count", "dataset, name, value"),
            new Table("annotation", "id"),
            new Table("labelling", "dataset"),
            new Table("label_task", "item"),
            new Table("label_pilot", "dataset, number"),
            new Table("label_lease", "id"),
            new Table("confirmed_part", "id"),
            new Table("changed_item", "dataset, item, hash"),
            new Table("tree_node", "hash"),
            new Table("data_version", "dataset, number"),
            new Table("tombstone", "hash"),
            new Table("deleted_dataset", "dataset"));

    private RowCopy() {}

    /** A table and the columns of its primary key. */
    record Table(String name, String key) {
        List<String> columns() {
            return List.of(key.split(", "));
        }
    }

    /**
     * The rows of a table.
     *
     * @param count number of rows
     * @param sha256 over all values, in the order of the key
     */
    public record TableContent(long count, String sha256) {}

    /** {@code STATE_CONFLICT} when the target has rows. */
    public static void requireEmpty(Database database) {
        database.read(transaction -> {
            for (Table table : TABLES) {
                long rows =
                        table.name().equals(REVISION) ? 0 : transaction.number("SELECT count(*) FROM " + table.name());
                if (rows > 0) {
                    throw new FoveaException(
                            ErrorCode.STATE_CONFLICT,
                            "The target %s is not empty: its table %s has %d rows. Copy into a new home or database."
                                    .formatted(database.name(), table.name(), rows));
                }
            }
            return 0;
        });
    }

    /**
     * Copies within one transaction on each side.
     *
     * @throws FoveaException {@code STORAGE_FAILED} that names the table with an invalid value
     */
    public static void copy(Transaction from, Database to) {
        int _ = to.write(target -> {
            target.update("DELETE FROM " + REVISION);
            for (Table table : TABLES) {
                copy(table, from, target);
            }
            return TABLES.size();
        });
    }

    private static void copy(Table table, Transaction from, Transaction to) throws SQLException {
        Page page = Page.NONE;
        do {
            page = page(table, from, page);
            if (!page.rows().isEmpty()) {
                String places =
                        String.join(", ", Collections.nCopies(page.columns().size(), "?"));
                to.batch(
                        "INSERT INTO %s (%s) VALUES (%s)"
                                .formatted(table.name(), String.join(", ", page.columns()), places),
                        page.rows());
            }
        } while (page.rows().size() == PAGE);
    }

    /** The content of the tables, by name. */
    public static SortedMap<String, TableContent> contents(Transaction transaction) throws SQLException {
        SortedMap<String, TableContent> contents = new TreeMap<>();
        for (Table table : TABLES) {
            contents.put(table.name(), content(table, transaction));
        }
        return contents;
    }

    private static TableContent content(Table table, Transaction transaction) throws SQLException {
        MessageDigest digest = DurableFiles.sha256();
        long count = 0;
        Page page = Page.NONE;
        do {
            page = page(table, transaction, page);
            page.rows().forEach(row -> row.forEach(value -> update(digest, value)));
            count += page.rows().size();
        } while (page.rows().size() == PAGE);
        return new TableContent(count, HexFormat.of().formatHex(digest.digest()));
    }

    /** Values with their kind and length, so that different rows have different encodings. */
    private static void update(MessageDigest digest, @Nullable Object value) {
        switch (value) {
            case null -> digest.update((byte) 'n');
            case String text -> update(digest, 's', text.getBytes(StandardCharsets.UTF_8));
            case byte[] bytes -> update(digest, 'b', bytes);
            case Double number ->
                update(
                        digest,
                        'd',
                        ByteBuffer.allocate(Double.BYTES).putDouble(number).array());
            case Number whole ->
                update(
                        digest,
                        'i',
                        ByteBuffer.allocate(Long.BYTES)
                                .putLong(whole.longValue())
                                .array());
            default -> throw new IllegalStateException("a column of " + value.getClass());
        }
    }

    private static void update(MessageDigest digest, char kind, byte[] bytes) {
        digest.update((byte) kind);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }

    private record Page(List<String> columns, List<List<@Nullable Object>> rows) {

        private static final Page NONE = new Page(List.of(), List.of());

        /** The key of the last row. */
        Object[] last(Table table) {
            List<@Nullable Object> row = rows.getLast();
            return table.columns().stream()
                    .map(column -> Optional.ofNullable(row.get(columns.indexOf(column))))
                    .toArray();
        }
    }

    /** The page after another; by key, since an offset would walk over all rows before it. */
    private static Page page(Table table, Transaction transaction, Page before) throws SQLException {
        List<Object> parameters = new ArrayList<>();
        String after = "";
        if (!before.rows().isEmpty()) {
            parameters.addAll(List.of(before.last(table)));
            after = "WHERE (%s) > (%s) "
                    .formatted(
                            table.key(),
                            String.join(
                                    ", ", Collections.nCopies(table.columns().size(), "?")));
        }
        parameters.add(PAGE);
        List<String> columns = new ArrayList<>();
        List<List<@Nullable Object>> rows = transaction.list(
                "SELECT * FROM %s %sORDER BY %s LIMIT ?".formatted(table.name(), after, table.key()),
                row -> row(row, columns),
                parameters.toArray());
        return new Page(columns, rows);
    }

    private static List<@Nullable Object> row(ResultSet row, List<String> columns) throws SQLException {
        ResultSetMetaData names = row.getMetaData();
        boolean first = columns.isEmpty();
        List<@Nullable Object> values = new ArrayList<>();
        for (int column = 1; column <= names.getColumnCount(); column++) {
            if (first) {
                columns.add(names.getColumnName(column));
            }
            values.add(row.getObject(column));
        }
        return values;
    }
}
