package dev.fovea.storage.traffic;

import dev.fovea.storage.files.Workspace;
import java.nio.file.Path;

/**
 * The places of a home's prediction log.
 *
 * @param segments the folders with segments
 * @param parts the Parquet files
 * @param damaged the directory for files that are set aside
 * @param workspace names for files that are not whole yet
 */
record TrafficFiles(SegmentFolders segments, PartFiles parts, Path damaged, Workspace workspace) {

    private static final String FOLDER = "traffic";

    /** With Parquet files in the home. */
    static TrafficFiles in(Path home, Workspace workspace) {
        Path root = home.resolve(FOLDER);
        Path damaged = root.resolve("damaged");
        return new TrafficFiles(
                new SegmentFolders(root.resolve("segments")), new PartDirectory(root, damaged), damaged, workspace);
    }

    /** The local directory of the log, which messages name. */
    Path folder() {
        return damaged.resolveSibling("");
    }
}
