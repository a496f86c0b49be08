package dev.fovea.storage.catalog;

import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.AnnotationJson;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.catalog.ItemAnnotation;
import dev.fovea.datasets.catalog.ItemChange;
import dev.fovea.datasets.catalog.ItemFilter.Tag;
import dev.fovea.datasets.catalog.NewAnnotation;
import dev.fovea.datasets.catalog.NewItem;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.storage.sql.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Changes of images in one transaction. Tags, their counts and the images to put into the tree again follow each
 * change; {@link #flush} writes everything in batches.
 */
final class ItemWriter {

    private final Transaction transaction;
    private final long dataset;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    private final List<List<@Nullable Object>> items = new ArrayList<>();
    private final List<List<@Nullable Object>> annotations = new ArrayList<>();
    private final List<List<@Nullable Object>> newTags = new ArrayList<>();
    private final List<List<@Nullable Object>> oldTags = new ArrayList<>();
    private final Map<Tag, Long> counts = new java.util.HashMap<>();
    private final Map<Long, ContentHash> touched = new TreeMap<>();
    private long lastItem = -1;
    private long lastAnnotation = -1;

    ItemWriter(Transaction transaction, long dataset) {
        this.transaction = transaction;
        this.dataset = dataset;
    }

    /** Adds an image that is not in the data set. */
    void add(NewItem item) throws SQLException {
        lastItem = lastItem < 0 ? transaction.number("SELECT coalesce(max(id), 0) FROM item") : lastItem;
        long id = ++lastItem;
        ContentHash hash = item.image().hash();
        items.add(Arrays.asList(
                id,
                dataset,
                hash.bytes(),
                item.split().label(),
                item.group().orElse(null),
                item.source(),
                CatalogRows.micros(now),
                null,
                item.annotation().isPresent() ? 1 : 0));
        Optional<NewAnnotation> annotation = item.annotation();
        if (annotation.isPresent()) {
            ItemAnnotation _ = insert(id, annotation.get(), true);
        }
        tags(id, Set.of(), tagsOf(item.split(), item.tags(), annotation.map(NewAnnotation::value)));
        touched.put(id, hash);
    }

    /** Records an annotation; in force it replaces the label. */
    ItemAnnotation relabel(DatasetItem item, NewAnnotation annotation, boolean inForce) throws SQLException {
        if (inForce) {
            transaction.update("UPDATE annotation SET in_force = 0 WHERE item = ? AND in_force = 1", item.id());
            transaction.update("UPDATE item SET labelled = 1 WHERE id = ?", item.id());
            Optional<AnnotationValue> before =
                    item.label().map(label -> label.content().value());
            tags(
                    item.id(),
                    tagsOf(item.split(), item.tags(), before),
                    tagsOf(item.split(), item.tags(), Optional.of(annotation.value())));
            touched.put(item.id(), item.image().hash());
        }
        return insert(item.id(), annotation, inForce);
    }

    /** Puts an annotation in force that was recorded before. */
    void enforce(DatasetItem item, ItemAnnotation annotation) throws SQLException {
        flush();
        transaction.update("UPDATE annotation SET in_force = 0 WHERE item = ? AND in_force = 1", item.id());
        transaction.update("UPDATE annotation SET in_force = 1 WHERE id = ?", annotation.id());
        transaction.update("UPDATE item SET labelled = 1 WHERE id = ?", item.id());
        tags(
                item.id(),
                tagsOf(
                        item.split(),
                        item.tags(),
                        item.label().map(label -> label.content().value())),
                tagsOf(
                        item.split(),
                        item.tags(),
                        Optional.of(annotation.content().value())));
        touched.put(item.id(), item.image().hash());
    }

    /** Takes the label of an image out of force. */
    void unlabel(DatasetItem item) throws SQLException {
        transaction.update("UPDATE annotation SET in_force = 0 WHERE item = ? AND in_force = 1", item.id());
        transaction.update("UPDATE item SET labelled = 0 WHERE id = ?", item.id());
        tags(
                item.id(),
                tagsOf(
                        item.split(),
                        item.tags(),
                        item.label().map(label -> label.content().value())),
                tagsOf(item.split(), item.tags(), Optional.empty()));
        touched.put(item.id(), item.image().hash());
    }

    /** Changes tags, split or group, or takes the image out; returns it as it is afterwards. */
    DatasetItem change(DatasetItem item, ItemChange change) throws SQLException {
        SortedMap<String, String> tags = new TreeMap<>(item.tags());
        change.tags().forEach((name, value) -> {
            tags.remove(name);
            value.ifPresent(text -> tags.put(name, text));
        });
        Split split = change.split().orElse(item.split());
        Optional<String> group =
                change.group().isPresent() ? change.group().filter(text -> !text.isEmpty()) : item.group();
        DatasetItem changed =
                new DatasetItem(item.id(), item.image(), split, group, item.source(), item.added(), tags, item.label());
        if (changed.equals(item) && !change.removed()) {
            return item;
        }
        transaction.update(
                "UPDATE item SET split = ?, item_group = ?, removed = ? WHERE id = ?",
                split.label(),
                group,
                change.removed() ? Optional.of(CatalogRows.micros(now)) : Optional.empty(),
                item.id());
        Optional<AnnotationValue> label =
                item.label().map(each -> each.content().value());
        tags(
                item.id(),
                tagsOf(item.split(), item.tags(), label),
                change.removed() ? Set.of() : tagsOf(split, tags, label));
        touched.put(item.id(), item.image().hash());
        return changed;
    }

    /** Takes an image that was removed into the data set again, with its label. */
    void restore(DatasetItem item) throws SQLException {
        transaction.update("UPDATE item SET removed = NULL WHERE id = ?", item.id());
        tags(
                item.id(),
                Set.of(),
                tagsOf(
                        item.split(),
                        item.tags(),
                        item.label().map(each -> each.content().value())));
        touched.put(item.id(), item.image().hash());
    }

    /** Erases an image with all that is known about it. */
    void erase(DatasetItem item, boolean removed) throws SQLException {
        if (!removed) {
            tags(
                    item.id(),
                    tagsOf(
                            item.split(),
                            item.tags(),
                            item.label().map(each -> each.content().value())),
                    Set.of());
        }
        flush();
        transaction.update("DELETE FROM confirmed_part WHERE item = ?", item.id());
        transaction.update("DELETE FROM label_lease WHERE item = ?", item.id());
        transaction.update("DELETE FROM label_task WHERE item = ?", item.id());
        transaction.update("DELETE FROM annotation WHERE item = ?", item.id());
        transaction.update("DELETE FROM item_tag WHERE item = ?", item.id());
        transaction.update("DELETE FROM item WHERE id = ?", item.id());
        // the next image may get its id again, and is to be queued
        transaction.update(
                "UPDATE labelling SET queued = (SELECT coalesce(max(id), 0) FROM item WHERE dataset = ?)"
                        + " WHERE dataset = ? AND queued >= ?",
                dataset,
                dataset,
                item.id());
        touched.put(item.id(), item.image().hash());
    }

    private ItemAnnotation insert(long item, NewAnnotation annotation, boolean inForce) throws SQLException {
        lastAnnotation =
                lastAnnotation < 0 ? transaction.number("SELECT coalesce(max(id), 0) FROM annotation") : lastAnnotation;
        long id = ++lastAnnotation;
        annotations.add(Arrays.asList(
                id,
                item,
                annotation.annotator(),
                AnnotationJson.write(annotation.value()),
                CatalogRows.micros(now),
                annotation.millis().orElse(null),
                annotation
                        .prefill()
                        .map(prefill -> AnnotationJson.write(prefill.value()))
                        .orElse(null),
                annotation.prefill().map(NewAnnotation.Prefill::model).orElse(null),
                inForce ? 1 : 0,
                annotation.clientId().orElse(null)));
        return new ItemAnnotation(id, annotation, now, inForce);
    }

    private static Set<Tag> tagsOf(Split split, SortedMap<String, String> tags, Optional<AnnotationValue> label) {
        Set<Tag> all = new LinkedHashSet<>();
        tags.forEach((name, value) -> all.add(new Tag(name, value)));
        all.add(new Tag(Tag.SPLIT, split.label()));
        all.add(new Tag(Tag.LABELLED, label.isPresent() ? "yes" : "no"));
        label.ifPresent(value -> value.classes().forEach(name -> all.add(new Tag(Tag.CLASS, name))));
        return all;
    }

    private void tags(long item, Set<Tag> before, Set<Tag> after) {
        Set<Tag> gone = new HashSet<>(before);
        gone.removeAll(after);
        gone.forEach(tag -> {
            if (TagQuery.isRow(tag)) {
                oldTags.add(List.of(dataset, tag.name(), tag.value(), item));
            }
            counts.merge(tag, -1L, Long::sum);
        });
        Set<Tag> added = new LinkedHashSet<>(after);
        added.removeAll(before);
        added.forEach(tag -> {
            if (TagQuery.isRow(tag)) {
                newTags.add(List.of(dataset, tag.name(), tag.value(), item));
            }
            counts.merge(tag, 1L, Long::sum);
        });
    }

    void flush() throws SQLException {
        if (!touched.isEmpty() || !annotations.isEmpty()) {
            SqlCatalog.requirePresent(transaction, dataset);
        }
        write(
                "INSERT INTO item (id, dataset, hash, split, item_group, source, added, removed, labelled) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                items);
        write("DELETE FROM item_tag WHERE dataset = ? AND name = ? AND value = ? AND item = ?", oldTags);
        write("INSERT INTO item_tag (dataset, name, value, item) VALUES (?, ?, ?, ?)", newTags);
        write("""
                INSERT INTO annotation
                (id, item, annotator, content, made, millis, prefill, prefill_model, in_force, client_id)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, annotations);
        List<List<@Nullable Object>> counted = new ArrayList<>();
        counts.forEach((tag, change) -> counted.add(List.of(dataset, tag.name(), tag.value(), change)));
        List<List<@Nullable Object>> fewer = new ArrayList<>();
        counts.forEach((tag, change) -> {
            if (change < 0) {
                fewer.add(List.of(dataset, tag.name(), tag.value()));
            }
        });
        counts.clear();
        write("""
                INSERT INTO tag_count (dataset, name, value, items) VALUES (?, ?, ?, ?)
                ON CONFLICT (dataset, name, value) DO UPDATE SET items = tag_count.items + excluded.items
                """, counted);
        write("DELETE FROM tag_count WHERE dataset = ? AND name = ? AND value = ? AND items = 0", fewer);
        List<List<@Nullable Object>> waiting = new ArrayList<>();
        touched.forEach((item, hash) -> waiting.add(List.of(dataset, item, hash.bytes())));
        touched.clear();
        write("INSERT INTO changed_item (dataset, item, hash) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", waiting);
    }

    private void write(String sql, List<List<@Nullable Object>> rows) throws SQLException {
        if (!rows.isEmpty()) {
            transaction.batch(sql, rows);
            rows.clear();
        }
    }
}
