package dev.fovea.storage.catalog;

import dev.fovea.datasets.annotation.AnnotationJson;
import dev.fovea.datasets.tree.InnerNode;
import dev.fovea.datasets.tree.TreeLeaf;
import dev.fovea.datasets.tree.TreeNode;
import dev.fovea.fault.FoveaException;
import dev.fovea.storage.catalog.CatalogRules.Rule;
import dev.fovea.storage.sql.Database;
import dev.fovea.storage.sql.StoredColumn;
import dev.fovea.storage.sql.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Finds rows of data sets that cannot be right: with values that do not belong there, or that contradict others. */
final class CatalogCheck {

    private static final int PAGE = 500;

    private CatalogCheck() {}

    /** A sentence for each column that has such rows. */
    static List<String> faults(Database database) {
        List<String> faults = new ArrayList<>();
        for (Rule rule : new CatalogRules().rules()) {
            long rows = database.read(transaction -> rows(transaction, rule, database.enforcesTypes()));
            if (rows > 0) {
                faults.add(StoredColumn.sentence(
                        rule.table(),
                        "has %,d %s with a wrong %s".formatted(rows, rows == 1 ? "row" : "rows", rule.column())));
            }
        }
        faults.addAll(
                read(database, "SELECT id, prefill FROM label_lease WHERE id > ? AND prefill IS NOT NULL", "", row -> {
                    StoredColumn.parsed(row, 2, AnnotationJson::read);
                    return StoredColumn.text(row, 1);
                }));
        faults.addAll(read(
                database,
                "SELECT hash id, place, content FROM tree_node WHERE hash > ?",
                new byte[0],
                CatalogCheck::placedNode));
        return faults;
    }

    /** Reads rows that nothing else reads; each gives its key, by which they are ordered. */
    private static List<String> read(Database database, String sql, Object first, Transaction.RowReader<Object> row) {
        Object after = first;
        List<Object> page;
        do {
            Object before = after;
            try {
                page = database.read(transaction -> transaction.list(sql + " ORDER BY 1 LIMIT " + PAGE, row, before));
            } catch (FoveaException e) {
                return List.of(String.valueOf(e.getMessage()));
            }
            after = page.isEmpty() ? after : page.getLast();
        } while (page.size() == PAGE);
        return List.of();
    }

    /** A leaf is found by its place when one of its images is to be forgotten. */
    private static byte[] placedNode(ResultSet row) throws SQLException {
        byte[] hash = StoredColumn.bytes(row, 1);
        long place = StoredColumn.whole(row, 2, -1, Long.MAX_VALUE);
        boolean right;
        try {
            right = switch (TreeNode.read(StoredColumn.bytes(row, 3))) {
                case InnerNode _ -> place == -1;
                case TreeLeaf leaf ->
                    place > 0
                            && leaf.entries().stream()
                                    .allMatch(entry -> entry.image().places().contains(place));
            };
        } catch (IllegalArgumentException e) {
            right = false;
        }
        if (!right) {
            throw StoredColumn.damaged(
                    "tree_node",
                    "has a wrong place or content for the node "
                            + HexFormat.of().formatHex(hash));
        }
        return hash;
    }

    private static long rows(Transaction transaction, Rule rule, boolean typed) throws SQLException {
        return transaction.number("""
                SELECT count(*) FROM %s t WHERE CASE WHEN t.%s IS NULL THEN CASE WHEN %s THEN 0 ELSE 1 END
                WHEN %s THEN 1 WHEN %s THEN 0 ELSE 1 END = 1
                """.formatted(
                rule.table(), rule.column(), rule.absent(), typed ? "1 = 0" : otherType(rule), rule.condition()));
    }

    private static String otherType(Rule rule) {
        String type = "typeof(t.%s)".formatted(rule.column());
        return rule.type() == CatalogRules.Type.REAL
                ? type + " NOT IN ('integer', 'real')"
                : "%s <> '%s'".formatted(type, rule.type().name().toLowerCase(Locale.ROOT));
    }
}
