package dev.fovea.pipeline.curation;

import dev.fovea.datasets.ParallelWork;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.catalog.ItemFilter;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Decoder;
import dev.fovea.imaging.Image;
import dev.fovea.imaging.ImageLimits;
import dev.fovea.imaging.descriptor.ImageDescriptor;
import dev.fovea.pipeline.jobs.JobTools;
import dev.fovea.pipeline.jobs.TrainingSpec;
import dev.fovea.pipeline.queue.JobProgress;
import dev.fovea.registry.Alias;
import dev.fovea.registry.ModelVersion;
import dev.fovea.runtime.RuntimeSettings;
import dev.fovea.runtime.embedding.EmbeddingModel;
import dev.fovea.runtime.embedding.ImageEmbedding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
        Optional<ModelVersion> chosen = model.or(this::best);
        return chosen.isPresent() ? embedded(chosen.get(), items, progress) : described(items, progress);
    }

    private Optional<ModelVersion> best() {
        return tools.registry().models().stream()
                .flatMap(model -> model.alias(Alias.PRODUCTION).stream())
                .filter(version -> version.registration().task().equals(CLASSIFICATION))
                .filter(version -> !version.lineage()
                        .settings()
                        .getOrDefault(TrainingSpec.DATA, "")
                        .startsWith(name + "@"))
                .max(Comparator.comparingInt(version -> version.labels().size()));
    }

    private EmbeddedItems embedded(ModelVersion version, List<DatasetItem> items, JobProgress progress) {
        List<DatasetItem> kept = new ArrayList<>();
        List<float[]> vectors = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        try (EmbeddingModel model = EmbeddingModel.open(
                tools.engine(),
                tools.bundles().bundle(version.bundleId()),
                RuntimeSettings.forThisMachine(),
                tools.workers())) {
            for (int from = 0; from < items.size(); from += CHUNK) {
                List<DatasetItem> chunk = items.subList(from, Math.min(from + CHUNK, items.size()));
                List<DatasetItem> readable = new ArrayList<>();
                List<byte[]> bytes = new ArrayList<>();
                for (DatasetItem item : chunk) {
                    try {
                        bytes.add(datasets.bytes(item.image()));
                        readable.add(item);
                    } catch (FoveaException e) {
                        unreadable.add(e.getMessage());
                    }
                }
                List<ImageEmbedding> embeddings = model.embed(bytes);
                for (int i = 0; i < readable.size(); i++) {
                    switch (embeddings.get(i)) {
                        case ImageEmbedding.Vector vector -> {
                            kept.add(readable.get(i));
                            vectors.add(vector.normalized().values());
                        }
                        case ImageEmbedding.NotEmbedded failed ->
                            unreadable.add(readable.get(i).source() + ": "
                                    + failed.error().getMessage());
                    }
                }
                progress.counting().at("embed", Math.min(from + CHUNK, items.size()), items.size());
            }
            return new EmbeddedItems(
                    "%s (%d numbers for each image)".formatted(version.id(), model.dimensions()),
                    kept,
                    vectors,
                    false,
                    unreadable);
        }
    }

    private record Described(DatasetItem item, Optional<float[]> vector, String error) {}

    private EmbeddedItems described(List<DatasetItem> items, JobProgress progress) {
        Decoder decoder = new Decoder(ImageLimits.DEFAULT);
        List<Described> all = new ParallelWork(Runtime.getRuntime().availableProcessors())
                .map(
                        items,
                        item -> describe(decoder, item),
                        (done, total) -> progress.counting().at("embed", done, total));
        List<Described> good =
                all.stream().filter(each -> each.vector().isPresent()).toList();
        return new EmbeddedItems(
                "the built-in descriptor (%d numbers for each image)".formatted(ImageDescriptor.LENGTH),
                good.stream().map(Described::item).toList(),
                good.stream().map(each -> each.vector().orElseThrow()).toList(),
                true,
                all.stream()
                        .filter(each -> each.vector().isEmpty())
                        .map(Described::error)
                        .toList());
    }

    private Described describe(Decoder decoder, DatasetItem item) {
        try (Image image = decoder.decode(datasets.bytes(item.image()))) {
            return new Described(item, Optional.of(ImageDescriptor.of(image)), "");
        } catch (FoveaException e) {
            return new Described(item, Optional.empty(), item.source() + ": " + e.getMessage());
        }
    }
}
