package dev.fovea.datasets.curation;

import dev.fovea.datasets.catalog.VersionStore;
import java.util.List;

/**
 * An image that was forgotten.
 *
 * @param tombstone the evidence
 * @param golden model versions whose bundle keeps the image as a golden image, as {@code shirts:3}
 */
public record ForgottenImage(VersionStore.Tombstone tombstone, List<String> golden) {
    public ForgottenImage {
        golden = List.copyOf(golden);
    }
}
