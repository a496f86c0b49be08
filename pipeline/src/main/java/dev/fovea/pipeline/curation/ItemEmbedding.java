package dev.fovea.pipeline.curation;

import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.catalog.EmbeddingStore;
import dev.fovea.datasets.catalog.ItemFilter;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.imaging.descriptor.ImageDescriptor;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.queue.JobProgress;
import dev.fovea.registry.Alias;
import dev.fovea.registry.ModelVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Embeds the images of a data set: by a stated classifier, else by the one in production that tells the most classes
 * apart and did not learn from the data set, else by {@link ImageDescriptor}. A model that learned the labels would not
 * see that they are wrong.
 */
final class ItemEmbedding {

    private static final int CHUNK = 256;
    private static final String CLASSIFICATION = "classification";

    private final JobTools tools;
    private final Datasets datasets;
    private final String name;

    ItemEmbedding(JobTools tools, Datasets datasets, String name) {
        this.tools = tools;
        this.datasets = datasets;
        this.name = name;
    }

    /**
     * Embeds all images.
     *
     * @param model {@code NAME} or {@code NAME@VERSION}'s version; empty for the default
     */
    EmbeddedItems of(Optional<ModelVersion> model, JobProgress progress) {
        List<DatasetItem> items = new ArrayList<>();
        datasets.forEach(name, ItemFilter.ALL, items::add);
        return of(items, model, progress);
    }

    /** Embeds some images. */
    EmbeddedItems of(List<DatasetItem> items, Optional<ModelVersion> model, JobProgress progress) {
        try (ItemEmbedder embedder = model.or(this::best)
                .<ItemEmbedder>map(version -> new ItemEmbedder.ByModel(tools, datasets, version))
                .orElseGet(() -> new ItemEmbedder.ByDescriptor(datasets))) {
            return embedded(embedder, items, progress);
        }
    }

    private Optional<ModelVersion> best() {
        return tools.registry().models().stream()
                .flatMap(model -> model.alias(Alias.PRODUCTION).stream())
                .filter(version -> version.registration().task().equals(CLASSIFICATION))
                .filter(version -> !version.lineage().isOf(name))
                .max(Comparator.comparingInt(version -> version.labels().size()));
    }

    /** Embeddings that were made before are read; the others are made, image by image of a chunk, and kept. */
    private EmbeddedItems embedded(ItemEmbedder embedder, List<DatasetItem> items, JobProgress progress) {
        EmbeddingStore cache = tools.embeddings();
        List<DatasetItem> kept = new ArrayList<>();
        List<float[]> vectors = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        for (int from = 0; from < items.size(); from += CHUNK) {
            List<DatasetItem> chunk = items.subList(from, Math.min(from + CHUNK, items.size()));
            Map<ContentHash, float[]> known = new HashMap<>(cache.find(
                    embedder.name(),
                    chunk.stream().map(item -> item.image().hash()).toList()));
            List<DatasetItem> missing = chunk.stream()
                    .filter(item -> !known.containsKey(item.image().hash()))
                    .toList();
            if (!missing.isEmpty()) {
                Map<ContentHash, float[]> made = made(embedder, missing, unreadable);
                cache.put(embedder.name(), made);
                known.putAll(made);
            }
            for (DatasetItem item : chunk) {
                Optional.ofNullable(known.get(item.image().hash())).ifPresent(vector -> {
                    kept.add(item);
                    vectors.add(vector);
                });
            }
            progress.counting().at("embed", from + chunk.size(), items.size());
        }
        int dimensions = vectors.isEmpty() ? 0 : vectors.getFirst().length;
        return new EmbeddedItems(
                "%s (%d numbers for each image)".formatted(embedder.title(), dimensions),
                kept,
                vectors,
                embedder instanceof ItemEmbedder.ByDescriptor,
                unreadable);
    }

    private static Map<ContentHash, float[]> made(
            ItemEmbedder embedder, List<DatasetItem> items, List<String> unreadable) {
        Map<ContentHash, float[]> made = new HashMap<>();
        embedder.embed(items).forEach(outcome -> {
            switch (outcome) {
                case ItemEmbedder.Embedded(DatasetItem item, float[] vector) ->
                    made.put(item.image().hash(), EmbeddingStore.rounded(vector));
                case ItemEmbedder.Unreadable(DatasetItem item, String error) ->
                    unreadable.add(item.source() + ": " + error);
            }
        });
        return made;
    }
}
