package dev.fovea.storage.catalog;

import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.AnnotationJson;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.catalog.ImagePlace;
import dev.fovea.datasets.catalog.ImageTreatment;
import dev.fovea.datasets.catalog.ItemAnnotation;
import dev.fovea.datasets.catalog.ItemFilter.Tag;
import dev.fovea.datasets.catalog.NewAnnotation;
import dev.fovea.datasets.catalog.StoredImage;
import dev.fovea.imaging.ImageFormat;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.quality.PerceptualHash;
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
                    Tag tag = new Tag(row.getString(2), row.getString(3));
                    if (!tag.isDerived()) {
                        tags.computeIfAbsent(row.getLong(1), _ -> new TreeMap<>())
                                .put(tag.name(), tag.value());
                    }
                    return tag;
                },
                parameters);
        Map<Long, ItemAnnotation> labels = new HashMap<>();
        transaction.list(
                "SELECT " + ANNOTATION + " FROM annotation WHERE in_force = 1 AND item IN " + places,
                row -> labels.put(row.getLong("item"), annotation(row)) == null,
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
                row.getLong("id"),
                image(row),
                Split.ofLabel(row.getString("split")),
                Optional.ofNullable(row.getString("item_group")),
                row.getString("source"),
                CatalogRows.instant(row.getLong("added")));
    }

    static StoredImage image(ResultSet row) throws SQLException {
        String pack = row.getString("pack");
        return new StoredImage(
                CatalogRows.hash(row.getBytes("hash")),
                new ImageSize(row.getInt("width"), row.getInt("height")),
                ImageFormat.valueOf(row.getString("format")),
                perceptualHash(row),
                row.getInt("length"),
                pack == null
                        ? new ImagePlace.InPlace(Path.of(row.getString("file")), row.getLong("modified"))
                        : new ImagePlace.Packed(pack, row.getLong("position")),
                treatment(row));
    }

    private static ImageTreatment treatment(ResultSet row) throws SQLException {
        String text = row.getString("treatment");
        byte[] twin = row.getBytes("twin");
        return text == null
                ? ImageTreatment.NONE
                : ImageTreatment.read(text, Optional.ofNullable(twin).map(CatalogRows::hash));
    }

    /** Empty for an image of one colour. */
    static Optional<PerceptualHash> perceptualHash(ResultSet row) throws SQLException {
        long bits = row.getLong("perceptual_hash");
        return row.wasNull() ? Optional.empty() : Optional.of(new PerceptualHash(bits));
    }

    static ItemAnnotation annotation(ResultSet row) throws SQLException {
        long millis = row.getLong("millis");
        Optional<Long> took = row.wasNull() ? Optional.empty() : Optional.of(millis);
        String prefill = row.getString("prefill");
        return new ItemAnnotation(
                row.getLong("id"),
                new NewAnnotation(
                        row.getString("annotator"),
                        AnnotationJson.read(row.getString("content")),
                        took,
                        prefill == null
                                ? Optional.empty()
                                : Optional.of(new NewAnnotation.Prefill(
                                        AnnotationJson.read(prefill), row.getString("prefill_model"))),
                        Optional.ofNullable(row.getString("client_id"))),
                CatalogRows.instant(row.getLong("made")),
                row.getInt("in_force") == 1);
    }
}
