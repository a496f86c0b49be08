package dev.fovea.labels.queue;

import dev.fovea.datasets.catalog.Dataset;
import dev.fovea.datasets.catalog.NewAnnotation.Prefill;
import java.util.Optional;

/** Predicts labels that are filled in before a person looks. Thread-safe. */
@FunctionalInterface
public interface PrefillModel {

    /** No predictions, as in a command without served models. */
    PrefillModel NONE = (dataset, model, image) -> Optional.empty();

    /**
     * The prediction for an image as an annotation of the data set; empty when the model fails or says nothing that the
     * data set has a class for.
     *
     * @param model name in the registry, with {@code :VERSION} for a stated version, or {@code remote:NAME}
     * @param image the file's bytes
     */
    Optional<Prefill> predict(Dataset dataset, String model, byte[] image);

    /** {@code MODEL_UNKNOWN} or {@code VERSION_UNKNOWN} for a model that cannot predict, where models are served. */
    default void requireKnown(String model) {}

    /**
     * The version that predicts for a model without a stated version; the name itself where there is none.
     *
     * @param model as for {@link #predict}
     */
    default String version(String model) {
        return model;
    }
}
