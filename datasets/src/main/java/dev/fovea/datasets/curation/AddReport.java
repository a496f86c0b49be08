package dev.fovea.datasets.curation;

import dev.fovea.datasets.catalog.ItemStore;
import dev.fovea.fault.ErrorCode;
import java.util.List;

/**
 * What adding images came to. Images that are refused stop nothing: the others are added.
 *
 * @param counts what was added
 * @param newClasses classes that the annotations brought
 * @param refused images that were not added
 */
public record AddReport(ItemStore.Added counts, List<String> newClasses, List<RefusedImage> refused) {

    /** An image that was not added, and why. */
    public record RefusedImage(String source, ErrorCode code, String message) {}

    public AddReport {
        newClasses = List.copyOf(newClasses);
        refused = List.copyOf(refused);
    }
}
