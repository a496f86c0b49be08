package dev.fovea.pipeline.run;

import dev.fovea.pipeline.run.MetricCurve.MetricPoint;
import dev.fovea.training.TrainingEvent;

/** Puts on record what every training process reports, whatever it learns. */
public final class RunEvents {

    private static final double MB = 1e6;

    private RunEvents() {}

    /** Records an event. What validation measures has the names of its task, so that the caller records it. */
    public static void put(TrainingEvent event, RunRecording run) {
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
            case TrainingEvent.MemoryPlanned(long bytes, long _) -> run.metric("memory_estimate_mb", bytes / MB);
            case TrainingEvent.MemoryUsed(long bytes) -> run.metric("memory_peak_mb", bytes / MB);
            case TrainingEvent.Finished finished -> {
                run.metric("best_epoch", finished.bestEpoch());
                run.metric("epochs", finished.epochs());
                run.metric("mean_images_per_second", finished.imagesPerSecond());
            }
            case TrainingEvent.Validated _, TrainingEvent.Progress _, TrainingEvent.TrainingFailed _ -> {
                // said by the caller, by its listener, and by how the run ends
            }
        }
    }
}
