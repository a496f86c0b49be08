package dev.fovea.datasets;

import dev.fovea.datasets.report.IngestReportJson;
import java.util.List;
import java.util.Optional;

/** Stores image lists and their ingest reports. Implementations are thread-safe. */
public interface DatasetStore {

    /**
     * A version without its images.
     *
     * @param folder source folder
     * @param images number of images
     * @param savedMicros time of the first save, microseconds since 1970
     */
    record Summary(String id, String folder, List<String> labels, int images, long savedMicros) {
        public Summary {
            labels = List.copyOf(labels);
        }
    }

    /** Stores a version and its report durably; does nothing if the id exists. */
    void save(DatasetVersion version, IngestReport report);

    /** The version of an id. */
    Optional<DatasetVersion> find(String id);

    /** The report of a version, as {@link IngestReportJson} wrote it. */
    Optional<String> report(String id);

    /** All versions, the newest first. */
    List<Summary> list();
}
