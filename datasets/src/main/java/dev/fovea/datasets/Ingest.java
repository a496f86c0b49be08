package dev.fovea.datasets;

import dev.fovea.imaging.ImageLimits;
import java.nio.file.Path;
import java.util.List;

/**
 * Ingests a folder of labelled images into an image list and a report. Files are read on a bounded pool of platform
 * threads, with one file per thread in memory.
 *
 * <p>Errors: {@code DATASET_INVALID} when the folder is missing, unreadable or empty, has a single class, a class with
 * fewer than two usable images, or no decodable image; {@code CANCELLED} when the calling thread is interrupted.
 */
public final class Ingest {

    private final ImageLimits limits;
    private final ParallelWork workers;

    /** A version and the report of its ingest. */
    public record Ingested(DatasetVersion version, IngestReport report) {}

    /** Within limits for each image, on as many threads as there are cores. */
    public Ingest(ImageLimits limits) {
        this(limits, Runtime.getRuntime().availableProcessors());
    }

    /** Within limits for each image, on a number of threads. */
    public Ingest(ImageLimits limits, int threads) {
        this.limits = limits;
        this.workers = new ParallelWork(threads);
    }

    /** Reads a folder. The same content gives the same version, independent of file names. */
    public Ingested run(Path folder, IngestProgress progress) {
        return run(folder, FolderReader.read(folder), progress);
    }

    /** Reads the files of a listing whose paths are relative to a folder. */
    public Ingested run(Path folder, FolderReader.Listing listing, IngestProgress progress) {
        return run(folder, listing, progress, true);
    }

    /**
     * The same for images of one kind of thing, of which most are good: one class is enough, and near-duplicates are
     * kept, because images of one product look alike, and a defect changes little.
     */
    public Ingested runOneKind(Path folder, FolderReader.Listing listing, IngestProgress progress) {
        return run(folder, listing, progress, false);
    }

    private Ingested run(Path folder, FolderReader.Listing listing, IngestProgress progress, boolean classes) {
        Usability usability = new Usability(folder);
        usability.requireFiles(listing);
        ImageValidator validator = new ImageValidator(limits);
        List<Examined> validated = workers.map(listing.files(), validator::validate, progress);
        usability.requireImages(validated);
        List<Examined.Usable> images = validated.stream()
                .filter(Examined.Usable.class::isInstance)
                .map(Examined.Usable.class::cast)
                .toList();
        Deduplication deduplication = new Deduplication(images, classes);
        if (classes) {
            usability.requireClasses(listing, deduplication);
        }
        DatasetVersion version = DatasetVersion.of(deduplication.kept());
        return new Ingested(version, IngestFindings.report(folder, listing, validated, deduplication, version));
    }
}
