package dev.fovea.storage.catalog;

import dev.fovea.datasets.catalog.ItemFilter.Tag;
import dev.fovea.storage.sql.StoredColumn;
import dev.fovea.storage.sql.Transaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The ids of the images of a data set that have all of some tags, in order: the first tag is walked, the others are
 * looked up. Tags are rows of their own, but split and labelled are columns of the image's row.
 */
final class TagQuery {

    private final StringBuilder sql = new StringBuilder();
    private final List<Object> parameters = new ArrayList<>();
    private final String id;

    TagQuery(long dataset, List<Tag> tags) {
        boolean byRow = !tags.isEmpty() && isRow(tags.getFirst());
        id = byRow ? "t.item" : "t.id";
        sql.append("SELECT ").append(id).append(byRow ? " FROM item_tag t" : " FROM item t");
        sql.append(byRow ? " WHERE t.dataset = ?" : " WHERE t.removed IS NULL AND t.dataset = ?");
        parameters.add(dataset);
        for (int i = 0; i < tags.size(); i++) {
            Tag tag = tags.get(i);
            if (i == 0) {
                condition("t", tag);
            } else {
                sql.append(
                        isRow(tag)
                                ? " AND EXISTS (SELECT 1 FROM item_tag o WHERE o.item = " + id + " AND o.dataset = ?"
                                : " AND EXISTS (SELECT 1 FROM item o WHERE o.id = " + id + " AND o.dataset = ?");
                parameters.add(dataset);
                condition("o", tag);
                sql.append(")");
            }
        }
    }

    /** Whether a tag has rows of its own. */
    static boolean isRow(Tag tag) {
        return !tag.name().equals(Tag.SPLIT) && !tag.name().equals(Tag.LABELLED);
    }

    private void condition(String row, Tag tag) {
        sql.append(" AND ").append(row);
        switch (tag.name()) {
            case Tag.SPLIT -> sql.append(".split = ?");
            case Tag.LABELLED -> sql.append(".labelled = ?");
            default -> {
                sql.append(".name = ? AND ").append(row).append(".value = ?");
                parameters.add(tag.name());
            }
        }
        parameters.add(
                tag.name().equals(Tag.LABELLED) ? List.of("no", "yes").indexOf(tag.value()) : (Object) tag.value());
    }

    List<Long> page(Transaction transaction, long after, int size) throws SQLException {
        List<Object> all = new ArrayList<>(parameters);
        all.add(after);
        all.add(size);
        return transaction.list(
                "%s AND %s > ? ORDER BY %s LIMIT ?".formatted(sql, id, id),
                row -> StoredColumn.whole(row, 1),
                all.toArray());
    }
}
