package dev.fovea.training;

import dev.fovea.fault.ErrorCode;
import java.util.OptionalDouble;

/** An event that a training process reports. */
public sealed interface TrainingEvent {

    /**
     * Decoding starts.
     *
     * @param images training images
     * @param validationImages validation images
     * @param epochs maximum number
     * @param parameters learned values of the network
     * @param engine that computes, with its version
     */
    record Started(int images, int validationImages, int epochs, long parameters, String engine)
            implements TrainingEvent {}

    /**
     * Progress, reported at least every two seconds.
     *
     * @param epoch current epoch, counted from 1; 0 while images are decoded
     * @param epochs maximum number
     * @param fraction of the whole job, 0 to 1, monotone
     * @param loss mean over the current epoch, if it has begun
     * @param validationAccuracy of the last finished epoch, 0 to 1
     * @param imagesPerSecond training rate so far, or decoding rate while decoding
     * @param remainingSeconds estimated
     */
    record Progress(
            int epoch,
            int epochs,
            double fraction,
            OptionalDouble loss,
            OptionalDouble validationAccuracy,
            double imagesPerSecond,
            double remainingSeconds)
            implements TrainingEvent {}

    /**
     * A point of the learning curve, at least one for each second and each validation. Values are means since the point
     * before.
     *
     * @param step steps taken so far
     * @param epoch current epoch, counted from 1
     * @param seconds since the process began to work
     * @param loss of the training batches
     * @param learningRate of the last layer
     * @param imagesPerSecond training rate
     */
    record MeasuredSteps(int step, int epoch, double seconds, double loss, double learningRate, double imagesPerSecond)
            implements TrainingEvent {}

    /**
     * The validation images were predicted.
     *
     * @param step steps taken so far; 0 before the first
     * @param epoch current epoch, counted from 1; 0 before the first
     * @param seconds since the process began to work
     * @param accuracy 0 to 1
     * @param loss mean cross-entropy in nats
     */
    record Validated(int step, int epoch, double seconds, double accuracy, double loss) implements TrainingEvent {}

    /**
     * The memory that the process will need, reported before it decodes images.
     *
     * @param bytes estimated
     * @param availableBytes of the machine or its container
     */
    record MemoryPlanned(long bytes, long availableBytes) implements TrainingEvent {}

    /**
     * The memory that the process needed at most, reported once before its end, where the system says so.
     *
     * @param peakBytes resident
     */
    record MemoryUsed(long peakBytes) implements TrainingEvent {}

    /**
     * The model is written.
     *
     * @param bestEpoch epoch of the best weights, counted from 1; 0 when the initial ones were the best
     * @param epochs number of epochs run
     * @param validationAccuracy of the best weights, 0 to 1
     * @param imagesPerSecond training rate
     * @param seconds total duration
     * @param stopped reason for the end of training
     * @param steps the plan of steps that were taken, which another training can follow
     */
    record Finished(
            int bestEpoch,
            int epochs,
            double validationAccuracy,
            double imagesPerSecond,
            double seconds,
            StopReason stopped,
            String steps)
            implements TrainingEvent {}

    /** Why learning ended. */
    enum StopReason {
        /** All planned epochs were run. */
        EPOCHS,
        /** The validation images were not predicted better for several epochs. */
        EARLY_STOPPING,
        /** The time budget ended, and the schedule with it. */
        TIME_LIMIT,
        /** The loss was no longer a number; the best weights of before are kept. */
        DIVERGED
    }

    /** Training came to no result. */
    record TrainingFailed(ErrorCode code, String message) implements TrainingEvent {}
}
