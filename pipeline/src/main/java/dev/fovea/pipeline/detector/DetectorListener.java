package dev.fovea.pipeline.detector;

import dev.fovea.pipeline.queue.JobProgress;
import dev.fovea.pipeline.run.MetricCurve;
import dev.fovea.pipeline.run.RunEvents;
import dev.fovea.pipeline.run.RunRecording;
import dev.fovea.training.TrainingEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * Hears how far the training of a detector has come.
 *
 * @param progress of the job
 * @param notes what a person should know, in sentences
 * @param run on record; empty until it has begun
 */
public record DetectorListener(JobProgress progress, Consumer<String> notes, Optional<RunRecording> run) {

    private static final String MAP50 = "val_map50";
    private static final String MAP50_TO95 = "val_map50_to95";

    /** A listener without a run. */
    public static DetectorListener of(JobProgress progress, Consumer<String> notes) {
        return new DetectorListener(progress, notes, Optional.empty());
    }

    /** The same with a run on record. */
    public DetectorListener with(RunRecording recording) {
        return new DetectorListener(progress, notes, Optional.of(recording));
    }

    void at(String step, int done, int of, String detail) {
        progress.at(step, (double) done / Math.max(1, of), Optional.empty(), detail);
    }

    void note(String sentence) {
        notes.accept(sentence);
    }

    /** What the child process reports. */
    void learned(TrainingEvent event) {
        run.ifPresent(recording -> record(event, recording));
        switch (event) {
            case TrainingEvent.Started started ->
                at("train", 0, 1, "%d images, %,d weights".formatted(started.images(), started.parameters()));
            case TrainingEvent.Progress now ->
                progress.at(
                        "train",
                        now.fraction(),
                        Optional.of(Duration.ofMillis((long) (now.remainingSeconds() * 1000))),
                        words(now));
            case TrainingEvent.Finished finished -> at("train", 1, 1, "best in epoch " + finished.bestEpoch());
            case TrainingEvent.MeasuredSteps _,
                    TrainingEvent.Validated _,
                    TrainingEvent.MemoryPlanned _,
                    TrainingEvent.MemoryUsed _ -> {
                // on record with the run
            }
            case TrainingEvent.TrainingFailed _ -> {
                // thrown by await, with its code
            }
        }
    }

    private static void record(TrainingEvent event, RunRecording run) {
        RunEvents.put(event, run);
        if (event instanceof TrainingEvent.Validated(int step, int epoch, double seconds, double map50, double rest)) {
            run.point(MAP50, new MetricCurve.MetricPoint(step, epoch, seconds, map50));
            run.point(MAP50_TO95, new MetricCurve.MetricPoint(step, epoch, seconds, 1 - rest));
        }
        if (event instanceof TrainingEvent.Finished finished) {
            run.metric("best_val_map50", finished.validationAccuracy());
        }
    }

    private static String words(TrainingEvent.Progress now) {
        return now.epoch() == 0
                ? "decoding, %.0f images/s".formatted(now.imagesPerSecond())
                : "epoch %d/%d, loss %s, validation mAP50 %s, %.1f images/s"
                        .formatted(
                                now.epoch(),
                                now.epochs(),
                                figure("%.2f", now.loss(), 1),
                                figure("%.1f %%", now.validationAccuracy(), 100),
                                now.imagesPerSecond());
    }

    private static String figure(String format, OptionalDouble value, double factor) {
        return value.isPresent() ? format.formatted(value.getAsDouble() * factor) : "–";
    }
}
