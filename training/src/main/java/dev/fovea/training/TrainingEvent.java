package dev.fovea.training;

import dev.fovea.fault.ErrorCode;
import java.util.OptionalDouble;

/** What a training process tells while it works. */
public sealed interface TrainingEvent {

    /**
     * The images are about to be decoded.
     *
     * @param images to learn from
     * @param validationImages held out
     * @param epochs planned at most
     * @param parameters learned values of the network
     */
    record Started(int images, int validationImages, int epochs, long parameters) implements TrainingEvent {}

    /**
     * Comes at least every two seconds.
     *
     * @param epoch the running one, counted from 1; 0 while images are decoded
     * @param epochs planned at most
     * @param fraction of the whole work, 0 to 1, never falling
     * @param loss mean over the running epoch, if it has begun
     * @param validationAccuracy of the last finished epoch, 0 to 1
     * @param imagesPerSecond of learning so far; while decoding, of decoding
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
     * The model is written.
     *
     * @param bestEpoch whose weights were kept, counted from 1
     * @param epochs that were run
     * @param validationAccuracy of the weights kept, 0 to 1
     * @param imagesPerSecond of learning
     * @param seconds in all
     * @param stopped why learning ended
     */
    record Finished(
            int bestEpoch,
            int epochs,
            double validationAccuracy,
            double imagesPerSecond,
            double seconds,
            StopReason stopped)
            implements TrainingEvent {}

    /** Why learning ended. */
    enum StopReason {
        /** All planned epochs were run. */
        EPOCHS,
        /** The validation images were not predicted better for several epochs. */
        EARLY_STOPPING,
        /** The time budget ended, and the schedule with it. */
        TIME_LIMIT
    }

    /** Training came to no result. */
    record Failed(ErrorCode code, String message) implements TrainingEvent {}
}
