package dev.fovea.evaluation.classification;

/** Told how far the work is; may throw {@code CANCELLED} to end it. Called by the thread that asked for the work. */
@FunctionalInterface
public interface EvaluationProgress {

    /** A listener that does not care. */
    EvaluationProgress SILENT = (done, total) -> {};

    /** {@code done} of {@code total} images are through, scored or failed. */
    void at(int done, int total);
}
