package dev.fovea.datasets.catalog;

import dev.fovea.datasets.annotation.AnnotationValue;
import java.util.Optional;

/**
 * An annotation to record.
 *
 * @param annotator who made it: a person, {@code import}, {@code consensus} or a model version
 * @param value what it says
 * @param millis how long it took, if a person made it
 * @param prefill what a model had filled in before
 * @param clientId chosen by the client, so that sending it twice records it once
 */
public record NewAnnotation(
        String annotator,
        AnnotationValue value,
        Optional<Long> millis,
        Optional<Prefill> prefill,
        Optional<String> clientId) {

    /**
     * What a model had filled in.
     *
     * @param value its prediction
     * @param model name and version, as {@code shirts:3}
     */
    public record Prefill(AnnotationValue value, String model) {}

    /** The annotator of what was read from files. */
    public static final String IMPORT = "import";

    /** An annotation that was read from a file. */
    public static NewAnnotation imported(AnnotationValue value) {
        return new NewAnnotation(IMPORT, value, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
