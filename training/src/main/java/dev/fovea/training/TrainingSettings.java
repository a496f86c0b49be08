package dev.fovea.training;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.preprocess.Augmentation;
import dev.fovea.training.OptimizerSettings.Optimization;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Hyperparameters. {@link #defaults} suits data sets of a few hundred to some ten thousand images. Change
 * {@link #withTimeBudget} first.
 *
 * @param schedule duration and steps
 * @param optimizer how weights follow gradients
 * @param regularization augmentation, class weights and the like
 * @param fineTuning how learned weights are changed with care; empty for a network that starts from scratch
 * @param distillation how other models teach; empty without a teacher
 * @param seed of shuffling and augmentation. The same seed gives the same weights on one machine, unless the time
 *     budget shortens the schedule
 * @param threads of the computation; 0 for one per core
 */
public record TrainingSettings(
        TrainingSchedule schedule,
        OptimizerSettings optimizer,
        Regularization regularization,
        Optional<FineTuningSettings> fineTuning,
        Optional<DistillationSettings> distillation,
        long seed,
        int threads) {

    public TrainingSettings {
        require(threads >= 0 && threads <= 1024, "threads %s must lie in 0..1024", threads);
    }

    /** Settings without a teacher. */
    public TrainingSettings(
            TrainingSchedule schedule,
            OptimizerSettings optimizer,
            Regularization regularization,
            Optional<FineTuningSettings> fineTuning,
            long seed,
            int threads) {
        this(schedule, optimizer, regularization, fineTuning, Optional.empty(), seed, threads);
    }

    /**
     * The best settings on data sets of 360 to 3,500 images within minutes. AdamW and SGD did not differ significantly;
     * small batches helped the smallest set.
     */
    public static TrainingSettings defaults() {
        return new TrainingSettings(
                new TrainingSchedule(OptionalInt.empty(), OptionalInt.empty(), 0.05, 25, Duration.ofMinutes(10), 0),
                new OptimizerSettings(Optimization.ADAM_W, 3e-3, 0.05, 1),
                new Regularization(0.1, true, Augmentation.DEFAULT, 0.2, 0, 0.75),
                Optional.empty(),
                1,
                0);
    }

    /**
     * For a network that has learned much already, whose last layer was fitted to the classes. On flowers5 in four
     * minutes this took 864 test images from 74.7 to 82.6 %; two fifths of the rate, with stages, a tenth of it at the
     * image and hard labels, to 77.7 %.
     */
    public static TrainingSettings fineTuned() {
        return new TrainingSettings(
                new TrainingSchedule(OptionalInt.empty(), OptionalInt.empty(), 0.1, 100, Duration.ofMinutes(5), 0),
                new OptimizerSettings(Optimization.ADAM_W, 5e-4, 0.05, 1),
                new Regularization(0.1, true, Augmentation.DEFAULT, 0, 0, 1),
                Optional.of(FineTuningSettings.DEFAULT),
                1,
                0);
    }

    /** The same with another schedule. */
    public TrainingSettings with(TrainingSchedule other) {
        return new TrainingSettings(other, optimizer, regularization, fineTuning, distillation, seed, threads);
    }

    /** The same with another limit of wall-clock time. */
    public TrainingSettings withTimeBudget(Duration limit) {
        return with(schedule.withTimeBudget(limit));
    }

    /** The same with a fixed number of epochs. */
    public TrainingSettings withEpochs(int count) {
        return with(schedule.withEpochs(count));
    }

    /** The same with other measures against overfitting. */
    public TrainingSettings with(Regularization other) {
        return new TrainingSettings(schedule, optimizer, other, fineTuning, distillation, seed, threads);
    }

    /** The same with other settings of fine-tuning. */
    public TrainingSettings with(FineTuningSettings other) {
        return new TrainingSettings(
                schedule, optimizer, regularization, Optional.of(other), distillation, seed, threads);
    }

    /** The same with teachers. */
    public TrainingSettings with(DistillationSettings other) {
        return new TrainingSettings(schedule, optimizer, regularization, fineTuning, Optional.of(other), seed, threads);
    }

    /** The same with class weights or without. */
    public TrainingSettings withClassWeights(boolean weighted) {
        return with(regularization.withClassWeights(weighted));
    }

    /** The same with another seed of initialization, shuffling and augmentation. */
    public TrainingSettings withSeed(long other) {
        return new TrainingSettings(schedule, optimizer, regularization, fineTuning, distillation, other, threads);
    }

    /** Every setting by its name, as stored in the lineage. */
    public Map<String, String> describe() {
        Map<String, String> names = new TreeMap<>();
        names.put("epochs", fixed(schedule.epochs()));
        names.put("batch_size", fixed(schedule.batchSize()));
        names.put("warmup", Double.toString(schedule.warmup()));
        names.put("patience", Integer.toString(schedule.patience()));
        names.put("time_budget", schedule.timeBudget().toSeconds() + " s");
        names.put("min_epochs", Integer.toString(schedule.minEpochs()));
        names.put("optimizer", optimizer.kind().name().replace("_", "").toLowerCase(Locale.ROOT));
        names.put("learning_rate", Double.toString(optimizer.learningRate()));
        names.put("weight_decay", Double.toString(optimizer.weightDecay()));
        names.put("clip_norm", Double.toString(optimizer.clipNorm()));
        names.put("label_smoothing", Double.toString(regularization.labelSmoothing()));
        names.put("class_weights", Boolean.toString(regularization.classWeights()));
        names.put("augmentation", regularization.augmentation().describe());
        names.put("mixup", Double.toString(regularization.mixup()));
        if (regularization.cutMix() > 0) {
            names.put("cutmix", Double.toString(regularization.cutMix()));
        }
        names.put("image_scale", Double.toString(regularization.scale()));
        fineTuning.ifPresent(settings -> names.putAll(settings.describe()));
        distillation.ifPresent(settings -> names.putAll(settings.describe()));
        names.put("seed", Long.toString(seed));
        names.put("threads", Integer.toString(threads));
        return names;
    }

    private static String fixed(OptionalInt number) {
        return number.isPresent() ? Integer.toString(number.getAsInt()) : "automatic";
    }

    static void require(boolean condition, String message, Object value) {
        if (!condition) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "The training setting " + message.formatted(value) + ".");
        }
    }
}
