package dev.fovea.datasets;

/** Is told how far long work has come, on the thread that called for it. */
@FunctionalInterface
public interface IngestProgress {

    /** Nobody listens. */
    IngestProgress SILENT = (done, total) -> {};

    /** So many of so many are done. */
    void at(int done, int total);
}
