package dev.fovea.pipeline;

import dev.fovea.datasets.IngestReport;
import dev.fovea.evaluation.classification.ClassificationReport;
import dev.fovea.pipeline.queue.JobProgress;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Reports the progress of a training that a server runs; what else there is to say is on record with the version. */
record QueuedTraining(JobProgress progress) implements TrainingListener {

    @Override
    public void progress(Step step, double fraction, Optional<Duration> remaining, String detail) {
        progress.at(step.name().toLowerCase(Locale.ROOT), fraction, remaining, detail);
    }

    @Override
    public Optional<String> job() {
        return progress.job();
    }

    @Override
    public void quantized(String step, int done, int of) {
        progress.counting().at("int8: " + step, done, of);
    }

    @Override
    public void ingested(IngestReport report) {
        // on record with the image list
    }

    @Override
    public void evaluated(ClassificationReport report) {
        // on record with the version
    }
}
