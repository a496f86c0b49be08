package dev.fovea.pipeline;

import dev.fovea.datasets.IngestReport;
import dev.fovea.evaluation.classification.ClassificationReport;
import dev.fovea.pipeline.queue.JobProgress;
import dev.fovea.training.TrainingEvent;
import java.time.Duration;
import java.util.Optional;

/** Hears how far a training has come; called on the working thread or on one that reads the child process. */
public interface TrainingListener {

    /** The steps of a training, in order. */
    enum Step {
        INGEST,
        TRAIN,
        EVALUATE,
        COMPARE,
        REGISTER
    }

    /**
     * So far.
     *
     * @param fraction of this step, 0 to 1
     * @param remaining of this step, where it can be estimated
     * @param detail in a few words
     */
    void progress(Step step, double fraction, Optional<Duration> remaining, String detail);

    /** Hears of one step. */
    default JobProgress step(Step step) {
        return (_, fraction, remaining, detail) -> progress(step, fraction, remaining, detail);
    }

    /** How far the INT8 version that follows has come. */
    void quantized(String step, int done, int of);

    /** What the process that trains all weights reports, such as points of its learning curve. */
    default void heard(TrainingEvent event) {}

    /** The job that the training is part of; empty where it is none's. */
    default Optional<String> job() {
        return Optional.empty();
    }

    /** Something that a person should know, in a sentence. */
    default void note(String sentence) {}

    /** The folder was read and divided. */
    void ingested(IngestReport report);

    /** The network was evaluated on test images. */
    void evaluated(ClassificationReport report);
}
