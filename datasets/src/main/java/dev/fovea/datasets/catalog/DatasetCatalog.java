package dev.fovea.datasets.catalog;

import dev.fovea.datasets.annotation.ImageTask;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The data sets of a home. Implementations are thread-safe. */
public interface DatasetCatalog {

    /**
     * A data set in a list.
     *
     * @param dataset the data set
     * @param items number of images
     * @param labelled number of labelled images
     * @param head the newest version, if one was saved
     */
    record DatasetSummary(Dataset dataset, long items, long labelled, Optional<SavedVersion> head) {}

    /** Creates an empty data set; {@code STATE_CONFLICT} when the name is taken. */
    Dataset create(String name, ImageTask task, List<ClassDefinition> classes, String creator);

    /** All data sets by name. */
    List<DatasetSummary> list();

    /** The data set of a name. */
    Optional<DatasetSummary> find(String name);

    /**
     * Changes the classes, given those that are there.
     *
     * @throws dev.fovea.fault.FoveaException {@code STATE_CONFLICT} when a class that is left out labels images
     */
    Dataset classes(long dataset, UnaryOperator<List<ClassDefinition>> change);

    /** Sets what people are to answer about the images. */
    Dataset question(long dataset, LabelQuestion question);

    /** Gives a class another name, in all annotations in force as well; returns the number of images that changed. */
    int rename(long dataset, String from, String to, String author);

    /**
     * Evidence of a data set that was deleted.
     *
     * @param deleted when
     * @param by who
     * @param reason in the requester's words; may be empty
     * @param items number of images it had
     * @param versions number of versions it had
     */
    record DeletedDataset(String name, Instant deleted, String by, String reason, long items, int versions) {}

    /**
     * Deletes a data set with its labels and versions, and the images that no other data set has. All or nothing;
     * tombstones and the records of trainings stay.
     */
    DeletedDataset delete(long dataset, String author, String reason, Instant when);

    /** The data sets that were deleted, the newest first. */
    List<DeletedDataset> deleted();

    /** The last data set of a name that was deleted. */
    Optional<DeletedDataset> deleted(String name);

    /** What is stored of all data sets, their labels and embeddings and cannot be right; a sentence for each. */
    List<String> faults();
}
