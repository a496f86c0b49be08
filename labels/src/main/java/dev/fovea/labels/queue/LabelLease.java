package dev.fovea.labels.queue;

import dev.fovea.datasets.catalog.DatasetItem;
import java.time.Instant;
import java.util.Optional;

/**
 * An image that an annotator has for a while.
 *
 * @param id random
 * @param item the image
 * @param annotator who has it
 * @param reason why this image
 * @param expires when others may get it
 * @param prefillHidden whether no prediction is shown
 * @param suggestion the prediction, where the data set has a model for it
 * @param detail the reason in more words, where the image has a score with words
 */
public record LabelLease(
        String id,
        DatasetItem item,
        String annotator,
        ChoiceReason reason,
        Instant expires,
        boolean prefillHidden,
        Optional<PrefillOffer> suggestion,
        Optional<String> detail) {

    /** The same with a prediction. */
    public LabelLease suggesting(PrefillOffer made) {
        return new LabelLease(id, item, annotator, reason, expires, prefillHidden, Optional.of(made), detail);
    }
}
