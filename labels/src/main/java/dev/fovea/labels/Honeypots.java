package dev.fovea.labels;

import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.catalog.Dataset;
import dev.fovea.datasets.catalog.DatasetItem;
import dev.fovea.datasets.catalog.ItemAnnotation;
import dev.fovea.datasets.catalog.NewAnnotation;
import dev.fovea.datasets.curation.Datasets;
import dev.fovea.datasets.tree.ContentHash;
import dev.fovea.labels.queue.Annotators;
import dev.fovea.labels.queue.LabelStore;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Images with known labels, which are mixed into the queue to measure people. Thread-safe. Every method throws
 * {@code DATASET_UNKNOWN} when there is no such data set.
 */
public final class Honeypots {

    private final Datasets datasets;
    private final LabelStore store;

    Honeypots(Datasets datasets, LabelStore store) {
        this.datasets = datasets;
        this.store = store;
    }

    /** Makes images honeypots: their known label is in force, and people who get them are measured by it. */
    public void set(String name, Map<ContentHash, AnnotationValue> known, String author) {
        Dataset dataset = datasets.dataset(name);
        String person = Annotators.requirePerson(author);
        known.forEach((image, value) -> {
            datasets.requireFits(dataset, image, value);
            DatasetItem item = datasets.item(name, image);
            boolean labelled = item.label()
                    .map(label -> label.content().value().equals(value))
                    .orElse(false);
            if (!labelled) {
                ItemAnnotation _ = store.decide(
                        dataset.id(),
                        image,
                        new NewAnnotation(person, value, Optional.empty(), Optional.empty(), Optional.empty()));
            }
        });
        Map<ContentHash, Optional<AnnotationValue>> set = new LinkedHashMap<>();
        known.forEach((image, value) -> set.put(image, Optional.of(value)));
        store.honeypots(dataset.id(), set);
    }

    /** Makes honeypots ordinary images again. */
    public void clear(String name, Collection<ContentHash> images) {
        Map<ContentHash, Optional<AnnotationValue>> cleared = new LinkedHashMap<>();
        images.forEach(image -> cleared.put(image, Optional.empty()));
        store.honeypots(datasets.dataset(name).id(), cleared);
    }

    /** The honeypots with their known labels. */
    public Map<ContentHash, AnnotationValue> of(String name) {
        return store.honeypots(datasets.dataset(name).id());
    }
}
