package dev.fovea.training;

import static dev.fovea.training.TrainingSettings.require;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * Duration and steps of a training.
 *
 * @param epochs passes over the training images; if empty, by the number of images, see {@link #epochsFor}
 * @param batchSize images per step; if empty, by the number of images, see {@link #batchSizeFor}
 * @param warmup share of all steps during which the learning rate rises from 0
 * @param patience epochs without a better validation result after which training ends
 * @param timeBudget wall-clock limit; the learning-rate schedule is shortened to end in time
 * @param minEpochs minimum number of epochs, even beyond the time budget; 0 for none
 */
public record TrainingSchedule(
        OptionalInt epochs, OptionalInt batchSize, double warmup, int patience, Duration timeBudget, int minEpochs) {

    /** Bounds of the automatic number of epochs. */
    private static final int MIN_EPOCHS = 8;

    private static final int MAX_EPOCHS = 100;

    private static final int MANY_IMAGES = 1000;

    /** Epochs times the square root of the number of images. */
    private static final double EPOCH_SCALE = 3000;

    public TrainingSchedule {
        require(epochs.isEmpty() || epochs.getAsInt() > 0, "epochs %s must be at least 1", epochs.orElse(0));
        require(
                batchSize.isEmpty() || (batchSize.getAsInt() >= 2 && batchSize.getAsInt() <= 4096),
                "batch size %s must lie in 2..4096",
                batchSize.orElse(0));
        require(warmup >= 0 && warmup < 1, "warm-up %s must lie in 0..1", warmup);
        require(patience > 0, "patience %s must be at least 1 epoch", patience);
        require(timeBudget.isPositive(), "time budget %s must be positive", timeBudget);
        require(minEpochs >= 0, "minimum epochs %s must be at least 0", minEpochs);
    }

    /** The same with another limit of wall-clock time. */
    public TrainingSchedule withTimeBudget(Duration limit) {
        return new TrainingSchedule(epochs, batchSize, warmup, patience, limit, minEpochs);
    }

    /** The same with epochs that run whatever time they take. */
    public TrainingSchedule withMinEpochs(int count) {
        return new TrainingSchedule(epochs, batchSize, warmup, patience, timeBudget, count);
    }

    /** The same with a fixed number of epochs. */
    public TrainingSchedule withEpochs(int count) {
        return new TrainingSchedule(OptionalInt.of(count), batchSize, warmup, patience, timeBudget, minEpochs);
    }

    /** 16 below 1,000 images, since small data sets need more steps; else 32, which is 1.2 times faster per image. */
    public int batchSizeFor(int images) {
        return batchSize.orElse(images < MANY_IMAGES ? 16 : 32);
    }

    /** Small sets are seen more often: {@code 3000 / sqrt(images)} epochs, between 8 and 100, unless fixed. */
    public int epochsFor(int images) {
        int scaled = (int) Math.round(EPOCH_SCALE / Math.sqrt(images));
        return epochs.orElse(Math.clamp(scaled, MIN_EPOCHS, MAX_EPOCHS));
    }
}
