package dev.fovea.datasets;

import dev.fovea.datasets.report.IngestReportJson;
import java.util.List;
import java.util.Optional;

/** Keeps data set versions and what was found when they were ingested. Implementations are thread-safe. */
public interface DatasetStore {

    /**
     * A version without its images.
     *
     * @param folder where it was ingested from
     * @param images how many it lists
     * @param savedMicros when it was first saved, microseconds since 1970
     */
    record Summary(String id, String folder, List<String> labels, int images, long savedMicros) {
        public Summary {
            labels = List.copyOf(labels);
        }
    }

    /** Keeps a version and its report, durably; a version of the same id that is kept already stays as it is. */
    void save(DatasetVersion version, IngestReport report);

    /** The version of an id. */
    Optional<DatasetVersion> find(String id);

    /** The report of a version, as {@link IngestReportJson} wrote it. */
    Optional<String> report(String id);

    /** All versions, the newest first. */
    List<Summary> list();
}
