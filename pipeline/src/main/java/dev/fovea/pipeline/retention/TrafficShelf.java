package dev.fovea.pipeline.retention;

import dev.fovea.datasets.IngestProgress;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.catalog.ClassDefinition;
import dev.fovea.datasets.catalog.Dataset;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.catalog.ItemStore;
import dev.fovea.datasets.curation.AddOptions;
import dev.fovea.datasets.curation.AddReport;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.curation.IncomingImage;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.json.Json;
import dev.fovea.model.decoder.Task;
import dev.fovea.registry.Alias;
import dev.fovea.registry.ModelVersion;
import dev.fovea.registry.RegisteredModel;
import dev.fovea.registry.Registry;
import dev.fovea.traffic.retention.ChosenImage;
import dev.fovea.traffic.retention.ImageOrigin;
import dev.fovea.traffic.retention.ImageShelf;
import dev.fovea.traffic.retention.KeepReason;
import dev.fovea.traffic.retention.KeptImage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Kept images as unlabelled images of data sets. Their tags say how they came; what was predicted is no tag, because
 * annotators see tags and are not to be led.
 */
public final class TrafficShelf implements ImageShelf {

    /** Begins the source of each image that came in here. */
    private static final String SOURCE = "traffic/";

    private static final String AUTHOR = "retention";

    private final Registry registry;
    private final Datasets datasets;
    private final ItemStore items;

    public TrafficShelf(Registry registry, Datasets datasets, ItemStore items) {
        this.registry = registry;
        this.datasets = datasets;
        this.items = items;
    }

    @Override
    public String require(String model, String dataset) {
        RegisteredModel registered = registry.model(model);
        ModelVersion version = registered
                .alias(Alias.PRODUCTION)
                .or(() -> registered.versions().stream().reduce((first, last) -> last))
                .orElseThrow(() -> conflict("%s has no version, and so no traffic.".formatted(model)));
        ImageTask task = task(version);
        if (!dataset.isEmpty()) {
            return requireTask(datasets.dataset(dataset), task, version).name();
        }
        String own = Dataset.requireName(model + "-traffic");
        boolean there =
                datasets.list().stream().anyMatch(each -> each.dataset().name().equals(own));
        return there
                ? requireTask(datasets.dataset(own), task, version).name()
                : datasets.create(own, task, classes(version), AUTHOR).name();
    }

    private static List<ClassDefinition> classes(ModelVersion version) {
        return version.labels().stream()
                .map(label -> ClassDefinition.defined(label, ""))
                .toList();
    }

    private static Dataset requireTask(Dataset dataset, ImageTask task, ModelVersion version) {
        if (dataset.task() != task) {
            throw conflict("The data set \"%s\" is for %s, and %s is a model for %s. Name another data set."
                    .formatted(dataset.name(), Json.word(dataset.task()), version.id(), Json.word(task)));
        }
        return dataset;
    }

    private static ImageTask task(ModelVersion version) {
        String word = version.registration().task();
        Task task = Arrays.stream(Task.values())
                .filter(each -> each.toString().equals(word))
                .findFirst()
                .orElseThrow(() -> unlabelled(version));
        return switch (task) {
            case CLASSIFICATION -> ImageTask.CLASSIFICATION;
            case MULTI_LABEL -> ImageTask.MULTI_LABEL;
            case DETECTION -> ImageTask.DETECTION;
            case INSTANCE_SEGMENTATION -> ImageTask.INSTANCE_SEGMENTATION;
            case SEGMENTATION -> ImageTask.SEMANTIC_SEGMENTATION;
            case MULTI_TASK, TEXT_DETECTION, EMBEDDING, TENSORS -> throw unlabelled(version);
        };
    }

    private static FoveaException unlabelled(ModelVersion version) {
        return conflict("%s is a model for %s, whose images have no labels in a data set. No image of it is kept."
                .formatted(version.id(), version.registration().task()));
    }

    private static FoveaException conflict(String message) {
        return new FoveaException(ErrorCode.STATE_CONFLICT, message);
    }

    @Override
    public String add(ChosenImage image, byte[] file) {
        ImageOrigin origin = image.candidate().origin();
        SortedMap<String, String> tags = new TreeMap<>();
        tags.put("request", origin.request());
        tags.put(
                "model",
                "%s@%d".formatted(origin.version().model(), origin.version().version()));
        tags.put("kept", image.reasons().stream().map(KeepReason::word).collect(Collectors.joining("+")));
        AddReport report = datasets.add(
                image.dataset(),
                List.of(new IncomingImage(
                        SOURCE + origin.version().model() + "/" + origin.request(),
                        () -> file,
                        Optional.empty(),
                        Split.UNASSIGNED,
                        Optional.empty(),
                        tags,
                        Optional.empty())),
                AddOptions.DEFAULT,
                IngestProgress.SILENT);
        report.refused().stream().findFirst().ifPresent(refused -> {
            throw new FoveaException(refused.code(), refused.message());
        });
        // the stored bytes, and so their hash, may differ from those that came: a position is erased
        return datasets.item(image.dataset(), ContentHash.of(file))
                .image()
                .hash()
                .toString();
    }

    @Override
    public boolean remove(KeptImage image) {
        Optional<DatasetItem> item;
        try {
            item = datasets.find(
                    image.file().dataset(), ContentHash.parse(image.file().hash()));
        } catch (FoveaException e) {
            if (e.code() == ErrorCode.DATASET_UNKNOWN) {
                return true;
            }
            throw e;
        }
        if (item.isEmpty()) {
            return true;
        }
        ContentHash hash = item.get().image().hash();
        boolean own = item.get().source().startsWith(SOURCE)
                && item.get().label().isEmpty()
                && datasets.annotations(item.get()).isEmpty()
                && items.datasetsWith(hash).size() == 1;
        if (own) {
            var _ = datasets.forget(
                    List.of(hash),
                    AUTHOR,
                    "The policy for images of %s keeps it no longer"
                            .formatted(image.origin().version().model()));
        }
        return own;
    }
}
