package dev.fovea.training.detection;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.training.OptimizerSettings;
import dev.fovea.training.OptimizerSettings.Optimization;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * How a detector is learned.
 *
 * @param timeBudget wall-clock limit, decoding and validation included
 * @param batchSize images per step; if empty, by the size of the input
 * @param optimizer how weights follow gradients
 * @param rates how the learning rate goes
 * @param augmentation how scenes are composed
 * @param steps the plan of an earlier training to follow; empty for as many steps as the time budget takes
 * @param seed of new layers, shuffling and augmentation
 * @param threads of the computation; 0 for one per core
 */
public record DetectorSettings(
        Duration timeBudget,
        OptionalInt batchSize,
        OptimizerSettings optimizer,
        DetectorRates rates,
        SceneAugmentation augmentation,
        String steps,
        long seed,
        int threads) {

    /** The settings of every training, but for a time budget and a seed. */
    public static final DetectorSettings DEFAULT = new DetectorSettings(
            Duration.ofMinutes(30),
            OptionalInt.empty(),
            new OptimizerSettings(Optimization.ADAM_W, 1e-3, 0.01, 10),
            new DetectorRates(0.05, 0.3, 0.998),
            new SceneAugmentation(0.75, false),
            "",
            1,
            0);

    private static final int MAX_BATCH = 8;
    private static final int MIN_BATCH = 4;
    private static final long PIXELS = MAX_BATCH * 416L * 416;

    /**
     * The rate's way.
     *
     * @param warmup share of the steps in which it rises from 0
     * @param firstLayer rate of the layer next to the image as a share of the last one's
     * @param average share of the moving average of weights that stays at each step
     */
    public record DetectorRates(double warmup, double firstLayer, double average) {
        public DetectorRates {
            require(warmup >= 0 && warmup < 1, "warm-up %s must lie in 0..1", warmup);
            require(firstLayer > 0 && firstLayer <= 1, "first layer's rate %s must lie in 0..1", firstLayer);
            require(average >= 0 && average < 1, "weight average %s must lie in 0..1", average);
        }

        /** The rate at a depth as a share of the last layer's. */
        double at(double depth) {
            return Math.pow(firstLayer, 1 - depth);
        }
    }

    /**
     * How scenes are composed.
     *
     * @param mosaic share of the steps, from the first, whose scenes are mosaics
     * @param quarterTurns whether images may be turned and flipped, for views from above
     */
    public record SceneAugmentation(double mosaic, boolean quarterTurns) {
        public SceneAugmentation {
            require(mosaic >= 0 && mosaic <= 1, "mosaic %s must lie in 0..1", mosaic);
        }
    }

    public DetectorSettings {
        require(timeBudget.isPositive(), "time budget %s must be positive", timeBudget);
        require(
                batchSize.isEmpty() || (batchSize.getAsInt() >= 1 && batchSize.getAsInt() <= 1024),
                "batch size %s must lie in 1..1024",
                batchSize.orElse(0));
        require(threads >= 0 && threads <= 1024, "threads %s must lie in 0..1024", threads);
        steps = steps == null ? "" : steps;
    }

    /** Images of a step for an input of so many pixels. */
    int batchSizeFor(long pixels) {
        return batchSize.orElse(Math.clamp(PIXELS / pixels, MIN_BATCH, MAX_BATCH));
    }

    /** The same with another limit of wall-clock time. */
    public DetectorSettings withTimeBudget(Duration limit) {
        return new DetectorSettings(limit, batchSize, optimizer, rates, augmentation, steps, seed, threads);
    }

    /** The same with the steps of an earlier training. */
    public DetectorSettings withSteps(String plan) {
        return new DetectorSettings(timeBudget, batchSize, optimizer, rates, augmentation, plan, seed, threads);
    }

    /** The same with another seed. */
    public DetectorSettings withSeed(long other) {
        return new DetectorSettings(timeBudget, batchSize, optimizer, rates, augmentation, steps, other, threads);
    }

    /** The same with other scenes. */
    public DetectorSettings with(SceneAugmentation other) {
        return new DetectorSettings(timeBudget, batchSize, optimizer, rates, other, steps, seed, threads);
    }

    /** The same with another optimizer. */
    public DetectorSettings with(OptimizerSettings other) {
        return new DetectorSettings(timeBudget, batchSize, other, rates, augmentation, steps, seed, threads);
    }

    /** Every setting by its name, as stored in the lineage. */
    public Map<String, String> describe() {
        Map<String, String> names = new TreeMap<>();
        names.put("time_budget", timeBudget.toSeconds() + " s");
        names.put("batch_size", batchSize.isPresent() ? Integer.toString(batchSize.getAsInt()) : "automatic");
        names.put("optimizer", "adamw");
        names.put("learning_rate", Double.toString(optimizer.learningRate()));
        names.put("weight_decay", Double.toString(optimizer.weightDecay()));
        names.put("clip_norm", Double.toString(optimizer.clipNorm()));
        names.put("warmup", Double.toString(rates.warmup()));
        names.put("first_layer_rate", Double.toString(rates.firstLayer()));
        names.put("weight_average", Double.toString(rates.average()));
        names.put("mosaic", Double.toString(augmentation.mosaic()));
        names.put("quarter_turns", Boolean.toString(augmentation.quarterTurns()));
        names.put("seed", Long.toString(seed));
        names.put("threads", Integer.toString(threads));
        return names;
    }

    static void require(boolean condition, String message, Object value) {
        if (!condition) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID, "The training setting " + message.formatted(value) + ".");
        }
    }
}
