package dev.fovea.datasets;

/** Receives progress on the caller's thread. */
@FunctionalInterface
public interface IngestProgress {

    /** Ignores progress. */
    IngestProgress SILENT = (done, total) -> {};

    /** So many of so many are done. */
    void at(int done, int total);
}
