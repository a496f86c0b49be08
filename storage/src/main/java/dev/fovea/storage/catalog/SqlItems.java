package dev.fovea.storage.catalog;

import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.catalog.ItemAnnotation;
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
import dev.fovea.fault.Printable;
import dev.fovea.storage.catalog.ItemAdding.Present;
import dev.fovea.storage.sql.Database;
import dev.fovea.storage.sql.StoredColumn;
import dev.fovea.storage.sql.Transaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

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
    public Map<ContentHash, StoredImage> twins(long dataset, Collection<ContentHash> hashes) {
        Map<ContentHash, StoredImage> twins = new HashMap<>();
        // A cross join keeps SQLite from reading all images of the data set first
        database.read(transaction -> in(
                        transaction,
                        "SELECT " + ItemRows.IMAGE + " FROM image CROSS JOIN item WHERE item.hash = image.hash"
                                + " AND dataset = " + dataset + " AND removed IS NULL AND twin IN ",
                        hashes,
                        ItemRows::image))
                .forEach(image -> image.treatment().twin().ifPresent(twin -> twins.put(twin, image)));
        return twins;
    }

    @Override
    public List<ContentHash> forms(Collection<ContentHash> hashes) {
        return database.read(transaction -> {
            Set<ContentHash> forms = new LinkedHashSet<>(hashes);
            forms.addAll(hashes(transaction, "SELECT twin FROM image WHERE twin IS NOT NULL AND hash IN ", hashes));
            Set<ContentHash> stored =
                    new LinkedHashSet<>(hashes(transaction, "SELECT hash FROM image WHERE hash IN ", forms));
            stored.addAll(hashes(transaction, "SELECT hash FROM image WHERE twin IN ", forms));
            return List.copyOf(stored);
        });
    }

    @Override
    public List<ContentHash> forgotten(Collection<ContentHash> hashes) {
        return database.read(transaction -> {
            List<ContentHash> forgotten =
                    new ArrayList<>(hashes(transaction, "SELECT hash FROM tombstone WHERE hash IN ", hashes));
            forgotten.addAll(hashes(transaction, "SELECT twin FROM tombstone WHERE twin IN ", hashes));
            return forgotten;
        });
    }

    private static List<ContentHash> hashes(Transaction transaction, String sql, Collection<ContentHash> hashes)
            throws SQLException {
        return in(transaction, sql, hashes, row -> StoredColumn.hash(row, 1));
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
        return database.write(transaction -> new ItemAdding(transaction, dataset).add(items));
    }

    @Override
    public List<DatasetItem> page(long dataset, ItemFilter filter, long after, int size) {
        return database.read(transaction -> {
            List<Tag> tags = rarestFirst(transaction, dataset, filter.tags());
            return ItemRows.load(transaction, new TagQuery(dataset, tags).page(transaction, after, size));
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
                                    row -> StoredColumn.whole(row, 1),
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
        return database.read(transaction -> ItemAdding.present(transaction, dataset, hashes).values().stream()
                .filter(present -> !present.removed())
                .map(Present::item)
                .sorted(Comparator.comparing(DatasetItem::id))
                .toList());
    }

    @Override
    public List<ContentHash> startingWith(long dataset, String digits, int limit) {
        int missing = 64 - digits.length();
        // The sign keeps SQLite from reading all images of the data set: it looks hashes up instead
        return database.read(transaction -> transaction.list(
                "SELECT hash FROM item WHERE +dataset = ? AND hash BETWEEN ? AND ? AND removed IS NULL ORDER BY hash LIMIT ?",
                row -> StoredColumn.hash(row, 1),
                dataset,
                ContentHash.parse(digits + "0".repeat(missing)).bytes(),
                ContentHash.parse(digits + "f".repeat(missing)).bytes(),
                limit));
    }

    @Override
    public Map<ContentHash, String> sources(long dataset, Collection<ContentHash> hashes) {
        if (hashes.isEmpty()) {
            return Map.of();
        }
        List<Object> parameters = new ArrayList<>(List.of(dataset));
        hashes.forEach(hash -> parameters.add(hash.bytes()));
        Map<ContentHash, String> sources = new HashMap<>();
        database.read(transaction -> transaction.list(
                "SELECT hash, source FROM item WHERE dataset = ? AND hash IN " + CatalogRows.places(hashes.size()),
                row -> sources.put(StoredColumn.hash(row, 1), StoredColumn.text(row, 2)) == null,
                parameters.toArray()));
        return sources;
    }

    @Override
    public int change(long dataset, Collection<ContentHash> hashes, ItemChange change) {
        return database.write(transaction -> {
            ItemWriter writer = new ItemWriter(transaction, dataset);
            int changed = 0;
            for (Present present :
                    ItemAdding.present(transaction, dataset, hashes).values()) {
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
    public List<ItemAnnotation> annotations(long item) {
        return database.read(transaction -> transaction.list(
                "SELECT " + ItemRows.ANNOTATION + " FROM annotation WHERE item = ? ORDER BY id",
                ItemRows::annotation,
                item));
    }

    @Override
    public ItemAnnotation annotate(long dataset, ContentHash image, NewAnnotation annotation, boolean inForce) {
        return database.write(transaction -> {
            Optional<ItemAnnotation> again = recorded(transaction, annotation);
            if (again.isPresent()) {
                return again.get();
            }
            DatasetItem item = required(transaction, dataset, image);
            ItemWriter writer = new ItemWriter(transaction, dataset);
            ItemAnnotation made = writer.relabel(item, annotation, inForce);
            writer.flush();
            return made;
        });
    }

    /**
     * The first record of an annotation that a client sent before.
     *
     * @throws FoveaException {@code STATE_CONFLICT} when it says something else
     */
    static Optional<ItemAnnotation> recorded(Transaction transaction, NewAnnotation annotation) throws SQLException {
        if (annotation.clientId().isEmpty()) {
            return Optional.empty();
        }
        Optional<ItemAnnotation> first = transaction.first(
                "SELECT " + ItemRows.ANNOTATION + " FROM annotation WHERE client_id = ?",
                ItemRows::annotation,
                annotation.clientId());
        first.map(ItemAnnotation::content)
                .filter(sent -> !sent.value().equals(annotation.value())
                        || !sent.annotator().equals(annotation.annotator()))
                .ifPresent(_ -> {
                    throw new FoveaException(
                            ErrorCode.STATE_CONFLICT,
                            "The id \"%s\" was sent before with another annotation. Give each annotation an id of its own."
                                    .formatted(
                                            Printable.word(annotation.clientId().get())));
                });
        return first;
    }

    /** The item of an image; {@code NOT_FOUND} when it is not in the data set. */
    static DatasetItem required(Transaction transaction, long dataset, ContentHash image) throws SQLException {
        return ItemAdding.present(transaction, dataset, List.of(image)).values().stream()
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
                    """
                    SELECT name, value, items FROM (
                        SELECT name, value, items,
                        row_number() OVER (PARTITION BY name ORDER BY items DESC, value) AS place
                        FROM tag_count WHERE dataset = ? AND items > 0) ranked
                    WHERE place <= 200
                    """,
                    row -> tags.computeIfAbsent(StoredColumn.text(row, 1), _ -> new TreeMap<>())
                                    .put(StoredColumn.text(row, 2), StoredColumn.whole(row, 3))
                            == null,
                    dataset);
            return tags;
        });
    }

    @Override
    public List<String> datasetsWith(ContentHash image) {
        return database.read(transaction -> transaction.list(
                "SELECT d.name FROM dataset d JOIN item i ON i.dataset = d.id WHERE i.hash = ? ORDER BY d.name",
                row -> StoredColumn.text(row, 1),
                (Object) image.bytes()));
    }
}
