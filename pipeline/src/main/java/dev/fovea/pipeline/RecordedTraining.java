package dev.fovea.pipeline;

import dev.fovea.datasets.IngestReport;
import dev.fovea.evaluation.classification.ClassificationReport;
import dev.fovea.pipeline.run.MetricCurve;
import dev.fovea.pipeline.run.MetricCurve.MetricPoint;
import dev.fovea.pipeline.run.RunRecording;
import dev.fovea.pipeline.run.RunTags;
import dev.fovea.training.TrainingEvent;
import java.time.Duration;
import java.util.Optional;

/** Puts what a training process measures on record, and passes everything on. */
record RecordedTraining(TrainingListener listener, RunRecording run) implements TrainingListener {

    private static final double MB = 1e6;

    @Override
    public void heard(TrainingEvent event) {
        switch (event) {
            case TrainingEvent.Started started -> {
                run.tag(RunTags.ENGINE, started.engine());
                run.metric("train_images", started.images());
                run.metric("val_images", started.validationImages());
                run.metric("parameters", (double) started.parameters());
            }
            case TrainingEvent.MeasuredSteps(
                    int step,
                    int epoch,
                    double seconds,
                    double loss,
                    double rate,
                    double speed) -> {
                run.point(MetricCurve.TRAIN_LOSS, new MetricPoint(step, epoch, seconds, loss));
                run.point(MetricCurve.LEARNING_RATE, new MetricPoint(step, epoch, seconds, rate));
                run.point(MetricCurve.IMAGES_PER_SECOND, new MetricPoint(step, epoch, seconds, speed));
            }
            case TrainingEvent.Validated(int step, int epoch, double seconds, double accuracy, double loss) -> {
                run.point(MetricCurve.VALIDATION_ACCURACY, new MetricPoint(step, epoch, seconds, accuracy));
                run.point(MetricCurve.VALIDATION_LOSS, new MetricPoint(step, epoch, seconds, loss));
            }
            case TrainingEvent.MemoryPlanned(long bytes, long _) -> run.metric("memory_estimate_mb", bytes / MB);
            case TrainingEvent.MemoryUsed(long bytes) -> run.metric("memory_peak_mb", bytes / MB);
            case TrainingEvent.Finished finished -> {
                run.metric("best_epoch", finished.bestEpoch());
                run.metric("epochs", finished.epochs());
                run.metric("best_val_accuracy", finished.validationAccuracy());
                run.metric("mean_images_per_second", finished.imagesPerSecond());
            }
            case TrainingEvent.Progress _, TrainingEvent.TrainingFailed _ -> {
                // said by the listener, and by how the run ends
            }
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
