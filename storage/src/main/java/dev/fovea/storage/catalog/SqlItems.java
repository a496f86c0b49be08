package dev.fovea.storage.catalog;

import dev.fovea.datasets.Split;
import dev.fovea.datasets.catalog.Annotation;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.catalog.ImagePlace;
import dev.fovea.datasets.catalog.ItemChange;
import dev.fovea.datasets.catalog.ItemFilter;
import dev.fovea.datasets.catalog.ItemFilter.Tag;
import dev.fovea.datasets.catalog.ItemStore;
import dev.fovea.datasets.catalog.NewAnnotation;
import dev.fovea.datasets.catalog.NewItem;
import dev.fovea.datasets.catalog.StoredImage;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.storage.sql.Database;
import dev.fovea.storage.sql.Transaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Images of data sets and their annotations on SQL. */
public final class SqlItems implements ItemStore {

    private final Database database;

    public SqlItems(Database database) {
        this.database = database;
    }

    @Override
    public Map<ContentHash, StoredImage> stored(Collection<ContentHash> hashes) {
        return database.read(transaction ->
                in(transaction, "SELECT " + ItemRows.IMAGE + " FROM image WHERE hash IN ", hashes, ItemRows::image)
                        .stream()
                        .collect(Collectors.toMap(StoredImage::hash, Function.identity())));
    }

    @Override
    public List<ContentHash> forgotten(Collection<ContentHash> hashes) {
        return database.read(transaction -> in(
                transaction,
                "SELECT hash FROM tombstone WHERE hash IN ",
                hashes,
                row -> CatalogRows.hash(row.getBytes(1))));
    }

    private static <T> List<T> in(
            Transaction transaction, String sql, Collection<ContentHash> hashes, Transaction.RowReader<T> reader)
            throws SQLException {
        return hashes.isEmpty()
                ? List.of()
                : transaction.list(
                        sql + CatalogRows.places(hashes.size()),
                        reader,
                        hashes.stream().map(ContentHash::bytes).toArray());
    }

    @Override
    public Added add(long dataset, List<NewItem> items) {
        return database.write(transaction -> {
            ItemWriter writer = new ItemWriter(transaction, dataset);
            insertImages(transaction, items);
            Map<ContentHash, Present> present = present(
                    transaction,
                    dataset,
                    items.stream().map(item -> item.image().hash()).distinct().toList());
            Map<ContentHash, NewItem> fresh = new java.util.LinkedHashMap<>();
            Added added = new Added(0, 0, 0);
            for (NewItem item : items) {
                Optional<Present> there =
                        Optional.ofNullable(present.get(item.image().hash()));
                if (there.isPresent()) {
                    added = added.plus(new Added(0, 1, merge(writer, there.get(), item) ? 1 : 0));
                } else if (fresh.putIfAbsent(item.image().hash(), item) == null) {
                    added = added.plus(new Added(1, 0, 0));
                    writer.add(item);
                } else {
                    added = added.plus(new Added(0, 1, 0));
                }
            }
            writer.flush();
            return added;
        });
    }

    private record Present(DatasetItem item, boolean removed) {}

    private static Map<ContentHash, Present> present(
            Transaction transaction, long dataset, Collection<ContentHash> hashes) throws SQLException {
        if (hashes.isEmpty()) {
            return Map.of();
        }
        List<Object> parameters = new ArrayList<>(List.of(dataset));
        hashes.forEach(hash -> parameters.add(hash.bytes()));
        Map<Long, Boolean> removed = new HashMap<>();
        List<Long> ids = transaction.list(
                "SELECT id, removed FROM item WHERE dataset = ? AND hash IN " + CatalogRows.places(hashes.size()),
                row -> {
                    removed.put(row.getLong(1), row.getObject(2) != null);
                    return row.getLong(1);
                },
                parameters.toArray());
        return ItemRows.load(transaction, ids).stream()
                .map(item -> new Present(item, removed.getOrDefault(item.id(), false)))
                .collect(Collectors.toMap(each -> each.item().image().hash(), Function.identity()));
    }

    /** Whether the label changed. */
    private static boolean merge(ItemWriter writer, Present present, NewItem item) throws SQLException {
        if (present.removed()) {
            writer.restore(present.item());
        }
        SortedMap<String, Optional<String>> tags = new TreeMap<>();
        item.tags().forEach((name, value) -> tags.put(name, Optional.of(value)));
        DatasetItem changed = writer.change(
                present.item(),
                new ItemChange(
                        tags,
                        Optional.of(item.split()).filter(split -> split != Split.UNASSIGNED),
                        item.group(),
                        false));
        boolean relabels = item.annotation().isPresent()
                && !item.annotation()
                        .map(NewAnnotation::value)
                        .equals(present.item()
                                .label()
                                .map(label -> label.content().value()));
        if (relabels) {
            Annotation _ = writer.relabel(changed, item.annotation().get(), true);
        }
        return relabels;
    }

    private static void insertImages(Transaction transaction, List<NewItem> items) throws SQLException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        items.stream()
                .map(NewItem::image)
                .sorted(Comparator.comparing(StoredImage::hash))
                .forEach(image -> rows.add(row(image)));
        transaction.batch("""
                INSERT INTO image (hash, width, height, format, perceptual_hash, length, pack, position, file, modified)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """, rows);
    }

    private static List<@Nullable Object> row(StoredImage image) {
        Optional<ImagePlace.Packed> packed =
                image.place() instanceof ImagePlace.Packed place ? Optional.of(place) : Optional.empty();
        Optional<ImagePlace.InPlace> file =
                image.place() instanceof ImagePlace.InPlace place ? Optional.of(place) : Optional.empty();
        return Arrays.asList(
                image.hash().bytes(),
                image.size().width(),
                image.size().height(),
                image.format().name(),
                image.perceptualHash().map(hash -> hash.bits()).orElse(null),
                image.length(),
                packed.map(ImagePlace.Packed::pack).orElse(null),
                packed.map(ImagePlace.Packed::position).orElse(null),
                file.map(place -> place.file().toString()).orElse(null),
                file.map(ImagePlace.InPlace::modifiedMicros).orElse(null));
    }

    @Override
    public List<DatasetItem> page(long dataset, ItemFilter filter, long after, int size) {
        return database.read(transaction -> {
            List<Tag> tags = rarestFirst(transaction, dataset, filter.tags());
            if (tags.isEmpty()) {
                return ItemRows.load(
                        transaction,
                        transaction.list(
                                "SELECT id FROM item WHERE dataset = ? AND id > ? AND removed IS NULL ORDER BY id LIMIT ?",
                                row -> row.getLong(1),
                                dataset,
                                after,
                                size));
            }
            StringBuilder sql = new StringBuilder(
                    "SELECT t.item FROM item_tag t WHERE t.dataset = ? AND t.name = ? AND t.value = ? AND t.item > ?");
            List<Object> parameters = new ArrayList<>(
                    List.of(dataset, tags.getFirst().name(), tags.getFirst().value(), after));
            for (Tag tag : tags.subList(1, tags.size())) {
                sql.append(" AND EXISTS (SELECT 1 FROM item_tag o WHERE o.dataset = ? AND o.name = ?")
                        .append(" AND o.value = ? AND o.item = t.item)");
                parameters.addAll(List.of(dataset, tag.name(), tag.value()));
            }
            parameters.add(size);
            return ItemRows.load(
                    transaction,
                    transaction.list(
                            sql.append(" ORDER BY t.item LIMIT ?").toString(),
                            row -> row.getLong(1),
                            parameters.toArray()));
        });
    }

    /** The rarest tag is walked and the others are looked up. */
    private static List<Tag> rarestFirst(Transaction transaction, long dataset, List<Tag> tags) throws SQLException {
        Map<Tag, Long> counts = new HashMap<>();
        for (Tag tag : tags) {
            counts.put(
                    tag,
                    transaction
                            .first(
                                    "SELECT items FROM tag_count WHERE dataset = ? AND name = ? AND value = ?",
                                    row -> row.getLong(1),
                                    dataset,
                                    tag.name(),
                                    tag.value())
                            .orElse(0L));
        }
        return tags.stream()
                .sorted(Comparator.comparing(tag -> counts.getOrDefault(tag, 0L)))
                .toList();
    }

    @Override
    public List<DatasetItem> find(long dataset, Collection<ContentHash> hashes) {
        return database.read(transaction -> present(transaction, dataset, hashes).values().stream()
                .filter(present -> !present.removed())
                .map(Present::item)
                .sorted(Comparator.comparing(DatasetItem::id))
                .toList());
    }

    @Override
    public int change(long dataset, Collection<ContentHash> hashes, ItemChange change) {
        return database.write(transaction -> {
            ItemWriter writer = new ItemWriter(transaction, dataset);
            int changed = 0;
            for (Present present : present(transaction, dataset, hashes).values()) {
                if (!present.removed()) {
                    DatasetItem _ = writer.change(present.item(), change);
                    changed++;
                }
            }
            writer.flush();
            return changed;
        });
    }

    @Override
    public List<Annotation> annotations(long item) {
        return database.read(transaction -> transaction.list(
                "SELECT " + ItemRows.ANNOTATION + " FROM annotation WHERE item = ? ORDER BY id",
                ItemRows::annotation,
                item));
    }

    @Override
    public Annotation annotate(long dataset, ContentHash image, NewAnnotation annotation, boolean inForce) {
        return database.write(transaction -> {
            Optional<Annotation> again = recorded(transaction, annotation);
            if (again.isPresent()) {
                return again.get();
            }
            DatasetItem item = required(transaction, dataset, image);
            ItemWriter writer = new ItemWriter(transaction, dataset);
            Annotation made = writer.relabel(item, annotation, inForce);
            writer.flush();
            return made;
        });
    }

    /** The first record of an annotation that a client sent before. */
    static Optional<Annotation> recorded(Transaction transaction, NewAnnotation annotation) throws SQLException {
        return annotation.clientId().isEmpty()
                ? Optional.empty()
                : transaction.first(
                        "SELECT " + ItemRows.ANNOTATION + " FROM annotation WHERE client_id = ?",
                        ItemRows::annotation,
                        annotation.clientId());
    }

    /** The item of an image; {@code NOT_FOUND} when it is not in the data set. */
    static DatasetItem required(Transaction transaction, long dataset, ContentHash image) throws SQLException {
        return present(transaction, dataset, List.of(image)).values().stream()
                .filter(present -> !present.removed())
                .map(Present::item)
                .findFirst()
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.NOT_FOUND, "The data set has no image %s. Check the hash.".formatted(image)));
    }

    @Override
    public SortedMap<String, SortedMap<String, Long>> tags(long dataset) {
        return database.read(transaction -> {
            SortedMap<String, SortedMap<String, Long>> tags = new TreeMap<>();
            transaction.list(
                    "SELECT name, value, items FROM tag_count WHERE dataset = ? AND items > 0",
                    row -> tags.computeIfAbsent(row.getString(1), _ -> new TreeMap<>())
                                    .put(row.getString(2), row.getLong(3))
                            == null,
                    dataset);
            return tags;
        });
    }

    @Override
    public List<String> datasetsWith(ContentHash image) {
        return database.read(transaction -> transaction.list(
                "SELECT d.name FROM dataset d JOIN item i ON i.dataset = d.id WHERE i.hash = ? ORDER BY d.name",
                row -> row.getString(1),
                (Object) image.bytes()));
    }
}
