package dev.fovea.pipeline;

import dev.fovea.pipeline.TrainingListener.Step;
import dev.fovea.training.TrainingEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** Tells a listener of a training what its child process reports. */
record TrainingSteps(TrainingListener listener) implements Consumer<TrainingEvent> {

    @Override
    public void accept(TrainingEvent event) {
        listener.heard(event);
        switch (event) {
            case TrainingEvent.Started started ->
                listener.progress(
                        Step.TRAIN,
                        0,
                        Optional.empty(),
                        "%d images, %,d weights".formatted(started.images(), started.parameters()));
            case TrainingEvent.Progress progress ->
                listener.progress(
                        Step.TRAIN,
                        progress.fraction(),
                        Optional.of(Duration.ofMillis((long) (progress.remainingSeconds() * 1000))),
                        words(progress));
            case TrainingEvent.Finished finished ->
                listener.progress(Step.TRAIN, 1, Optional.of(Duration.ZERO), "best in epoch " + finished.bestEpoch());
            case TrainingEvent.TrainingFailed ignored -> {
                // thrown by await, with its code
            }
            case TrainingEvent.MeasuredSteps _,
                    TrainingEvent.Validated _,
                    TrainingEvent.MemoryPlanned _,
                    TrainingEvent.MemoryUsed _ -> {
                // on record with the run
            }
        }
    }

    private static String words(TrainingEvent.Progress progress) {
        return progress.epoch() == 0
                ? "decoding, %.0f images/s".formatted(progress.imagesPerSecond())
                : "epoch %d/%d, loss %s, validation %s, %.0f images/s"
                        .formatted(
                                progress.epoch(),
                                progress.epochs(),
                                figure("%.2f", progress.loss(), 1),
                                figure("%.1f %%", progress.validationAccuracy(), 100),
                                progress.imagesPerSecond());
    }

    private static String figure(String format, OptionalDouble value, double factor) {
        return value.isPresent() ? format.formatted(value.getAsDouble() * factor) : "–";
    }
}
