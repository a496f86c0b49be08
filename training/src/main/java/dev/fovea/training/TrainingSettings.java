package dev.fovea.training;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.Size;
import dev.fovea.imaging.preprocess.Augmentation;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Hyperparameters. {@link #defaults} suits data sets of a few hundred to some ten thousand images. Change
 * {@link #withTimeBudget} first.
 *
 * @param epochs passes over the training images; if empty, by the number of images, see {@link #epochsFor}
 * @param batchSize images per step; if empty, by the number of images, see {@link #batchSizeFor}
 * @param optimizer update rule
 * @param learningRate maximum, reached after the warm-up
 * @param weightDecay decay of weight matrices and kernels; biases and normalisation are exempt
 * @param labelSmoothing probability spread over all classes, 0 to below 1
 * @param warmup share of all steps during which the learning rate rises from 0
 * @param clipNorm maximum global Euclidean norm of the gradients
 * @param classWeights whether classes are weighted by the inverse square root of their frequency
 * @param patience epochs without a better validation result after which training ends
 * @param timeBudget wall-clock limit; the learning-rate schedule is shortened to end in time
 * @param minEpochs minimum number of epochs, even beyond the time budget; 0 for none
 * @param seed of shuffling and augmentation. The same seed gives the same weights on one machine, unless the time
 *     budget shortens the schedule
 * @param threads of the computation; 0 for one per core
 * @param augmentation of training images
 * @param mixup parameter of the beta distribution of mixup weights (Zhang et al. 2018, <i>mixup: Beyond Empirical Risk
 *     Minimization</i>); 0 for none
 * @param scale edge of the training images as a fraction of the contract's. Random crops magnify; a fraction below 1
 *     compensates and is faster (Touvron et al. 2019, <i>Fixing the train-test resolution discrepancy</i>)
 */
public record TrainingSettings(
        OptionalInt epochs,
        OptionalInt batchSize,
        Optimization optimizer,
        double learningRate,
        double weightDecay,
        double labelSmoothing,
        double warmup,
        double clipNorm,
        boolean classWeights,
        int patience,
        Duration timeBudget,
        int minEpochs,
        long seed,
        int threads,
        Augmentation augmentation,
        double mixup,
        double scale) {

    /** How weights follow gradients. */
    public enum Optimization {
        /** Loshchilov and Hutter 2019, <i>Decoupled Weight Decay Regularization</i>, algorithm 2. */
        ADAM_W,
        /** Stochastic gradient descent with momentum 0.9. */
        SGD
    }

    /** Bounds of the automatic number of epochs. */
    private static final int FEWEST_EPOCHS = 8;

    private static final int MAX_EPOCHS = 100;

    private static final int MANY_IMAGES = 1000;

    /** Epochs times the square root of the number of images. */
    private static final double EPOCH_SCALE = 3000;

    public TrainingSettings {
        require(epochs.isEmpty() || epochs.getAsInt() > 0, "epochs %s must be at least 1", epochs.orElse(0));
        require(
                batchSize.isEmpty() || (batchSize.getAsInt() >= 2 && batchSize.getAsInt() <= 4096),
                "batch size %s must lie in 2..4096",
                batchSize.orElse(0));
        require(learningRate > 0 && learningRate <= 10, "learning rate %s must lie in 0..10", learningRate);
        require(weightDecay >= 0 && weightDecay < 1, "weight decay %s must lie in 0..1", weightDecay);
        require(labelSmoothing >= 0 && labelSmoothing < 1, "label smoothing %s must lie in 0..1", labelSmoothing);
        require(warmup >= 0 && warmup < 1, "warm-up %s must lie in 0..1", warmup);
        require(clipNorm > 0, "clip norm %s must be positive", clipNorm);
        require(patience > 0, "patience %s must be at least 1 epoch", patience);
        require(timeBudget.isPositive(), "time budget %s must be positive", timeBudget);
        require(minEpochs >= 0, "minimum epochs %s must be at least 0", minEpochs);
        require(mixup >= 0 && mixup <= 1, "mixup %s must lie in 0..1", mixup);
        require(scale >= 0.5 && scale <= 1, "scale %s must lie in 0.5..1", scale);
        require(threads >= 0 && threads <= 1024, "threads %s must lie in 0..1024", threads);
    }

    /**
     * The best settings on data sets of 360 to 3,500 images within minutes. AdamW and SGD did not differ significantly;
     * small batches helped the smallest set.
     */
    public static TrainingSettings defaults() {
        return new TrainingSettings(
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optimization.ADAM_W,
                3e-3,
                0.05,
                0.1,
                0.05,
                1,
                true,
                25,
                Duration.ofMinutes(10),
                0,
                1,
                0,
                Augmentation.DEFAULT,
                0.2,
                0.75);
    }

    /** The same with another limit of wall-clock time. */
    public TrainingSettings withTimeBudget(Duration limit) {
        return new TrainingSettings(
                epochs,
                batchSize,
                optimizer,
                learningRate,
                weightDecay,
                labelSmoothing,
                warmup,
                clipNorm,
                classWeights,
                patience,
                limit,
                minEpochs,
                seed,
                threads,
                augmentation,
                mixup,
                scale);
    }

    /** The same with epochs that are learned whatever time they take. */
    public TrainingSettings withMinEpochs(int count) {
        return new TrainingSettings(
                epochs,
                batchSize,
                optimizer,
                learningRate,
                weightDecay,
                labelSmoothing,
                warmup,
                clipNorm,
                classWeights,
                patience,
                timeBudget,
                count,
                seed,
                threads,
                augmentation,
                mixup,
                scale);
    }

    /** The same with a fixed number of epochs. */
    public TrainingSettings withEpochs(int count) {
        return new TrainingSettings(
                OptionalInt.of(count),
                batchSize,
                optimizer,
                learningRate,
                weightDecay,
                labelSmoothing,
                warmup,
                clipNorm,
                classWeights,
                patience,
                timeBudget,
                minEpochs,
                seed,
                threads,
                augmentation,
                mixup,
                scale);
    }

    /** The same with rare classes counting more, or not. */
    public TrainingSettings withClassWeights(boolean weighted) {
        return new TrainingSettings(
                epochs,
                batchSize,
                optimizer,
                learningRate,
                weightDecay,
                labelSmoothing,
                warmup,
                clipNorm,
                weighted,
                patience,
                timeBudget,
                minEpochs,
                seed,
                threads,
                augmentation,
                mixup,
                scale);
    }

    /** The same with another seed of initialization, shuffling and augmentation. */
    public TrainingSettings withSeed(long other) {
        return new TrainingSettings(
                epochs,
                batchSize,
                optimizer,
                learningRate,
                weightDecay,
                labelSmoothing,
                warmup,
                clipNorm,
                classWeights,
                patience,
                timeBudget,
                minEpochs,
                other,
                threads,
                augmentation,
                mixup,
                scale);
    }

    /** 16 below 1,000 images, since small data sets need more steps; else 32, which is 1.2 times faster per image. */
    public int batchSizeFor(int images) {
        return batchSize.orElse(images < MANY_IMAGES ? 16 : 32);
    }

    /** Small sets are seen more often: {@code 3000 / sqrt(images)} epochs, between 8 and 100, unless fixed. */
    public int epochsFor(int images) {
        int scaled = (int) Math.round(EPOCH_SCALE / Math.sqrt(images));
        return epochs.orElse(Math.clamp(scaled, FEWEST_EPOCHS, MAX_EPOCHS));
    }

    /** The size of training images for a given size in serving. */
    public Size learningSize(Size served) {
        return new Size(scaled(served.height()), scaled(served.width()));
    }

    private int scaled(int edge) {
        return Math.max(1, (int) Math.round(edge * scale));
    }

    /** Every setting by its name, as stored in the lineage. */
    public Map<String, String> describe() {
        Map<String, String> names = new TreeMap<>();
        names.put("epochs", fixed(epochs));
        names.put("batch_size", fixed(batchSize));
        names.put("optimizer", optimizer.name().replace("_", "").toLowerCase(Locale.ROOT));
        names.put("learning_rate", Double.toString(learningRate));
        names.put("weight_decay", Double.toString(weightDecay));
        names.put("label_smoothing", Double.toString(labelSmoothing));
        names.put("warmup", Double.toString(warmup));
        names.put("clip_norm", Double.toString(clipNorm));
        names.put("class_weights", Boolean.toString(classWeights));
        names.put("patience", Integer.toString(patience));
        names.put("time_budget", timeBudget.toSeconds() + " s");
        names.put("min_epochs", Integer.toString(minEpochs));
        names.put("seed", Long.toString(seed));
        names.put("threads", Integer.toString(threads));
        names.put("augmentation", augmentation.describe());
        names.put("mixup", Double.toString(mixup));
        names.put("image_scale", Double.toString(scale));
        return names;
    }

    private static String fixed(OptionalInt number) {
        return number.isPresent() ? Integer.toString(number.getAsInt()) : "automatic";
    }

    private static void require(boolean condition, String message, Object value) {
        if (!condition) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "The training setting " + message.formatted(value) + ".");
        }
    }
}
