package dev.fovea.storage.catalog;

import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.catalog.ImagePlace;
import dev.fovea.datasets.catalog.ImageTreatment;
import dev.fovea.datasets.catalog.ImageTreatment.LocationState;
import dev.fovea.datasets.catalog.ItemAnnotation;
import dev.fovea.datasets.catalog.ItemChange;
import dev.fovea.datasets.catalog.ItemStore.Added;
import dev.fovea.datasets.catalog.ItemStore.Relabelled;
import dev.fovea.datasets.catalog.NewAnnotation;
import dev.fovea.datasets.catalog.NewItem;
import dev.fovea.datasets.catalog.StoredImage;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.storage.sql.PendingPacks;
import dev.fovea.storage.sql.StoredColumn;
import dev.fovea.storage.sql.Transaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Adds images to a data set in one transaction; those that are there already are merged. */
final class ItemAdding {

    private final Transaction transaction;
    private final long dataset;

    ItemAdding(Transaction transaction, long dataset) {
        this.transaction = transaction;
        this.dataset = dataset;
    }

    Added add(List<NewItem> items) throws SQLException {
        ItemWriter writer = new ItemWriter(transaction, dataset);
        insertImages(transaction, items);
        Map<ContentHash, Present> present = present(
                transaction,
                dataset,
                items.stream().map(item -> item.image().hash()).distinct().toList());
        Map<ContentHash, NewItem> fresh = new LinkedHashMap<>();
        int repeated = 0;
        List<Relabelled> relabelled = new ArrayList<>();
        for (NewItem item : items) {
            Optional<Present> there =
                    Optional.ofNullable(present.get(item.image().hash()));
            Optional<NewItem> twin = Optional.ofNullable(fresh.put(item.image().hash(), item));
            repeated += there.isPresent() || twin.isPresent() ? 1 : 0;
            Optional<AnnotationValue> before = twin.isPresent()
                    ? twin.get().annotation().map(NewAnnotation::value)
                    : there.flatMap(known -> known.item().label())
                            .map(label -> label.content().value());
            Optional<AnnotationValue> after = item.annotation().map(NewAnnotation::value);
            if (before.isPresent() && after.isPresent() && !before.equals(after)) {
                relabelled.add(new Relabelled(item.source(), words(before.get()), words(after.get())));
            }
        }
        int added = 0;
        for (NewItem item : fresh.values()) {
            Optional<Present> there =
                    Optional.ofNullable(present.get(item.image().hash()));
            if (there.isPresent()) {
                merge(writer, there.get(), item);
            } else {
                added++;
                writer.add(item);
            }
        }
        writer.flush();
        return new Added(added, repeated, relabelled);
    }

    /** An item, and whether it was taken out of its data set. */
    record Present(DatasetItem item, boolean removed) {}

    static Map<ContentHash, Present> present(Transaction transaction, long dataset, Collection<ContentHash> hashes)
            throws SQLException {
        if (hashes.isEmpty()) {
            return Map.of();
        }
        List<Object> parameters = new ArrayList<>(List.of(dataset));
        hashes.forEach(hash -> parameters.add(hash.bytes()));
        Map<Long, Boolean> removed = new HashMap<>();
        List<Long> ids = transaction.list(
                "SELECT id, removed FROM item WHERE dataset = ? AND hash IN " + CatalogRows.places(hashes.size()),
                row -> {
                    removed.put(StoredColumn.whole(row, 1), row.getObject(2) != null);
                    return StoredColumn.whole(row, 1);
                },
                parameters.toArray());
        return ItemRows.load(transaction, ids).stream()
                .map(item -> new Present(item, removed.getOrDefault(item.id(), false)))
                .collect(Collectors.toMap(each -> each.item().image().hash(), Function.identity()));
    }

    private static String words(AnnotationValue value) {
        return switch (value) {
            case ClassLabels labels -> String.join(", ", labels.classes());
            case ObjectLabels labels -> "%d objects".formatted(labels.objects().size());
        };
    }

    private static void merge(ItemWriter writer, Present present, NewItem item) throws SQLException {
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
            ItemAnnotation _ = writer.relabel(changed, item.annotation().get(), true);
        }
    }

    private static void insertImages(Transaction transaction, List<NewItem> items) throws SQLException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        items.stream()
                .map(NewItem::image)
                .sorted(Comparator.comparing(StoredImage::hash))
                .forEach(image -> rows.add(row(image)));
        transaction.batch("""
                INSERT INTO image (hash, width, height, format, perceptual_hash, length, pack, position, file, modified, twin, treatment)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """, rows);
        PendingPacks.referred(
                transaction,
                items.stream()
                        .map(item -> item.image().place())
                        .filter(ImagePlace.Packed.class::isInstance)
                        .map(place -> ((ImagePlace.Packed) place).pack())
                        .toList());
        for (NewItem item : items) {
            ImageTreatment treatment = item.image().treatment();
            if (treatment.location() == LocationState.ERASED_WHEN_READ
                    || treatment.blurring().isPresent()) {
                transaction.update(
                        "UPDATE image SET twin = ?, treatment = ? WHERE hash = ?",
                        treatment.twin().map(ContentHash::bytes),
                        treatment.write(),
                        item.image().hash().bytes());
            }
        }
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
                file.map(ImagePlace.InPlace::modifiedMicros).orElse(null),
                image.treatment().twin().map(ContentHash::bytes).orElse(null),
                image.treatment().write().orElse(null));
    }
}
