package dev.fovea.labels.wrong;

import dev.fovea.datasets.tree.ContentHash;
import java.time.Instant;

/** Keeps what people decided about parts of labels. Implementations are thread-safe; each call is one transaction. */
public interface ConfirmationStore {

    /** Records a decision about an image of a data set; {@code NOT_FOUND} without the image. */
    void confirm(long dataset, ContentHash image, Confirmation confirmation, Instant now);

    /** All decisions about images that are in the data set. */
    ConfirmedParts confirmed(long dataset);
}
