package dev.fovea.datasets.curation;

import dev.fovea.datasets.catalog.DatasetCatalog;
import dev.fovea.datasets.catalog.DatasetCatalog.DeletedDataset;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Deletes data sets, and knows which ones were deleted. Thread-safe. */
public final class DatasetDeletions {

    private final Datasets datasets;
    private final DatasetCatalog catalog;
    private final Datasets.Learners learners;
    private final Clock clock;

    DatasetDeletions(Datasets datasets, DatasetCatalog catalog, Datasets.Learners learners, Clock clock) {
        this.datasets = datasets;
        this.catalog = catalog;
        this.learners = learners;
        this.clock = clock;
    }

    /**
     * Deletes a data set for good, with its labels, versions and the images that no other data set has. Files in place,
     * tombstones and the records of what models learned from stay.
     */
    public DeletedDataset delete(String name, String author, String reason) {
        DeletedDataset deleted = catalog.delete(
                datasets.dataset(name).id(),
                author,
                reason.strip(),
                clock.instant().truncatedTo(ChronoUnit.MICROS));
        learners.deleteCopies();
        return deleted;
    }

    /** The data sets that were deleted, the newest first. */
    public List<DeletedDataset> all() {
        return catalog.deleted();
    }

    /** The error for a name that no data set has. */
    FoveaException unknown(String name) {
        return new FoveaException(
                ErrorCode.DATASET_UNKNOWN,
                catalog.deleted(name)
                        .map(gone ->
                                "The data set \"%s\" was deleted on %s by %s. List those that are there with: fovea data list"
                                        .formatted(name, gone.deleted(), Printable.brief(gone.by())))
                        .orElse("There is no data set \"%s\". List them with: fovea data list"
                                .formatted(Printable.brief(name))));
    }
}
