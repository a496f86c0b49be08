package dev.fovea.labels.queue;

import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.catalog.ItemAnnotation;
import dev.fovea.datasets.tree.ContentHash;
import java.util.Optional;

/**
 * The newest annotation of an image by one person.
 *
 * @param image its hash
 * @param annotation what was recorded
 * @param reason why the person got the image
 * @param suggestion the prediction of the lease
 * @param known the label that was known before, of a honeypot
 */
public record Vote(
        ContentHash image,
        ItemAnnotation annotation,
        ChoiceReason reason,
        Optional<PrefillOffer> suggestion,
        Optional<AnnotationValue> known) {

    /** Who. */
    public String annotator() {
        return annotation.content().annotator();
    }

    /** What. */
    public AnnotationValue value() {
        return annotation.content().value();
    }
}
