package dev.fovea.pipeline;

import dev.fovea.datasets.IngestReport;
import dev.fovea.evaluation.classification.ClassificationReport;
import dev.fovea.pipeline.run.MetricCurve;
import dev.fovea.pipeline.run.MetricCurve.MetricPoint;
import dev.fovea.pipeline.run.RunEvents;
import dev.fovea.pipeline.run.RunRecording;
import dev.fovea.training.TrainingEvent;
import java.time.Duration;
import java.util.Optional;

/** Puts what a training process measures on record, and passes everything on. */
record RecordedTraining(TrainingListener listener, RunRecording run) implements TrainingListener {

    @Override
    public void heard(TrainingEvent event) {
        RunEvents.put(event, run);
        if (event
                instanceof TrainingEvent.Validated(int step, int epoch, double seconds, double accuracy, double loss)) {
            run.point(MetricCurve.VALIDATION_ACCURACY, new MetricPoint(step, epoch, seconds, accuracy));
            run.point(MetricCurve.VALIDATION_LOSS, new MetricPoint(step, epoch, seconds, loss));
        }
        if (event instanceof TrainingEvent.Finished finished) {
            run.metric("best_val_accuracy", finished.validationAccuracy());
        }
        listener.heard(event);
    }

    @Override
    public Optional<String> job() {
        return listener.job();
    }

    @Override
    public void note(String sentence) {
        listener.note(sentence);
    }

    @Override
    public void progress(Step step, double fraction, Optional<Duration> remaining, String detail) {
        listener.progress(step, fraction, remaining, detail);
    }

    @Override
    public void quantized(String step, int done, int of) {
        listener.quantized(step, done, of);
    }

    @Override
    public void ingested(IngestReport report) {
        listener.ingested(report);
    }

    @Override
    public void evaluated(ClassificationReport report) {
        listener.evaluated(report);
    }
}
