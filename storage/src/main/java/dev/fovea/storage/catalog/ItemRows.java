package dev.fovea.storage.catalog;

import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.AnnotationJson;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.catalog.ImagePlace;
import dev.fovea.datasets.catalog.ImageTreatment;
import dev.fovea.datasets.catalog.ItemAnnotation;
import dev.fovea.datasets.catalog.ItemFilter.Tag;
import dev.fovea.datasets.catalog.NewAnnotation;
import dev.fovea.datasets.catalog.StoredImage;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.quality.PerceptualHash;
import dev.fovea.storage.sql.StoredColumn;
import dev.fovea.storage.sql.Transaction;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads images of data sets with their tags and labels. */
final class ItemRows {

    static final String IMAGE =
            "image.hash, width, height, format, perceptual_hash, length, pack, position, file, modified, twin, treatment";
    private static final String ITEM = "item.id, split, item_group, source, added, " + IMAGE;
    static final String ANNOTATION =
            "annotation.id, annotation.item, annotation.annotator, content, made, millis, annotation.prefill, annotation.prefill_model, in_force, client_id";

    private ItemRows() {}

    private record Row(
            long id, StoredImage image, Split split, Optional<String> group, String source, java.time.Instant added) {}

    /** Images by their ids, ordered by id. */
    static List<DatasetItem> load(Transaction transaction, List<Long> ids) throws SQLException {
        if (ids.isEmpty()) {
            return List.of();
        }
        String places = CatalogRows.places(ids.size());
        Object[] parameters = ids.toArray();
        List<Row> rows = transaction.list(
                "SELECT " + ITEM + " FROM item JOIN image ON image.hash = item.hash WHERE item.id IN " + places
                        + " ORDER BY item.id",
                ItemRows::row,
                parameters);
        Map<Long, SortedMap<String, String>> tags = new HashMap<>();
        transaction.list(
                "SELECT item, name, value FROM item_tag WHERE item IN " + places,
                row -> {
                    Tag tag = new Tag(StoredColumn.text(row, 2), StoredColumn.text(row, 3));
                    if (!tag.isDerived()) {
                        tags.computeIfAbsent(StoredColumn.whole(row, 1), _ -> new TreeMap<>())
                                .put(tag.name(), tag.value());
                    }
                    return tag;
                },
                parameters);
        Map<Long, ItemAnnotation> labels = new HashMap<>();
        transaction.list(
                "SELECT " + ANNOTATION + " FROM annotation WHERE in_force = 1 AND item IN " + places,
                row -> labels.put(StoredColumn.whole(row, "item"), annotation(row)) == null,
                parameters);
        List<DatasetItem> items = new ArrayList<>();
        for (Row row : rows) {
            items.add(new DatasetItem(
                    row.id(),
                    row.image(),
                    row.split(),
                    row.group(),
                    row.source(),
                    row.added(),
                    tags.getOrDefault(row.id(), new TreeMap<>()),
                    Optional.ofNullable(labels.get(row.id()))));
        }
        return items;
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                StoredColumn.whole(row, "id"),
                image(row),
                StoredColumn.parsed(row, "split", Split::ofLabel),
                StoredColumn.optionalText(row, "item_group"),
                StoredColumn.text(row, "source"),
                StoredColumn.instant(row, "added"));
    }

    static StoredImage image(ResultSet row) throws SQLException {
        return new StoredImage(
                StoredColumn.hash(row, "hash"),
                new ImageSize(side(row, "width"), side(row, "height")),
                StoredColumn.parsed(row, "format", ImageFormat::valueOf),
                perceptualHash(row),
                StoredColumn.small(row, "length"),
                place(row),
                treatment(row));
    }

    private static int side(ResultSet row, String column) throws SQLException {
        return (int) StoredColumn.whole(row, row.findColumn(column), 1, Integer.MAX_VALUE);
    }

    private static ImagePlace place(ResultSet row) throws SQLException {
        Optional<String> pack =
                StoredColumn.optional(row, "pack", ContentHash::parse).map(ContentHash::toString);
        return pack.isPresent()
                ? new ImagePlace.Packed(pack.get(), StoredColumn.whole(row, "position"))
                : new ImagePlace.InPlace(
                        StoredColumn.parsed(row, "file", ItemRows::absolute), StoredColumn.whole(row, "modified"));
    }

    private static Path absolute(String text) {
        Path file = Path.of(text);
        if (!file.isAbsolute()) {
            throw new IllegalArgumentException("it is not an absolute path");
        }
        return file;
    }

    private static ImageTreatment treatment(ResultSet row) throws SQLException {
        Optional<ContentHash> twin = StoredColumn.optionalHash(row, "twin");
        return StoredColumn.optional(row, "treatment", text -> ImageTreatment.read(text, twin))
                .orElse(ImageTreatment.NONE);
    }

    /** Empty for an image of one colour. */
    static Optional<PerceptualHash> perceptualHash(ResultSet row) throws SQLException {
        int column = row.findColumn("perceptual_hash");
        return row.getObject(column) == null
                ? Optional.empty()
                : Optional.of(new PerceptualHash(StoredColumn.whole(row, column, Long.MIN_VALUE, Long.MAX_VALUE)));
    }

    static ItemAnnotation annotation(ResultSet row) throws SQLException {
        Optional<AnnotationValue> prefill = StoredColumn.optional(row, "prefill", AnnotationJson::read);
        return new ItemAnnotation(
                StoredColumn.whole(row, "id"),
                new NewAnnotation(
                        StoredColumn.text(row, "annotator"),
                        StoredColumn.parsed(row, "content", AnnotationJson::read),
                        StoredColumn.optionalWhole(row, "millis"),
                        prefill.isEmpty()
                                ? Optional.empty()
                                : Optional.of(new NewAnnotation.Prefill(
                                        prefill.get(), StoredColumn.text(row, "prefill_model"))),
                        StoredColumn.optionalText(row, "client_id")),
                StoredColumn.instant(row, "made"),
                StoredColumn.flag(row, "in_force"));
    }
}
