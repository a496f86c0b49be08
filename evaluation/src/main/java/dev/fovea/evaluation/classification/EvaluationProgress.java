package dev.fovea.evaluation.classification;

/** Receives progress on the caller's thread; may throw {@code CANCELLED} to end the evaluation. */
@FunctionalInterface
public interface EvaluationProgress {

    /** A listener that does not care. */
    EvaluationProgress SILENT = (done, total) -> {};

    /** {@code done} of {@code total} images are through, scored or failed. */
    void at(int done, int total);
}
