package dev.fovea.pipeline.curation;

/** Receives how far a check has come. */
@FunctionalInterface
public interface CheckProgress {

    /** So many of so many are done. */
    void at(String step, int done, int total);
}
