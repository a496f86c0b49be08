package dev.fovea.training;

import static dev.fovea.training.TrainingSettings.require;

import dev.fovea.imaging.Size;
import java.util.Map;

/**
 * How learned weights are changed with care.
 *
 * @param firstLayerRate the rate of the layer next to the image as a share of the last one's; between them it grows by
 *     a constant factor (Howard and Ruder 2018, <i>Universal Language Model Fine-tuning</i>, section 3.2)
 * @param stages in how many steps the network below the last layers is unfrozen (the same, section 3.3)
 * @param stagedShare the share of the schedule that the stages take, 0 to below 1
 * @param average share of the moving average of weights that stays at each step
 * @param statisticsBatch smallest batch whose own statistics normalise; below it the running ones do, unchanged
 * @param steps the plan of an earlier training to follow; empty for as many steps as the time budget takes
 * @param edge of the square that images are squashed to, in training and serving; 0 to choose it by the images
 */
public record FineTuningSettings(
        double firstLayerRate,
        int stages,
        double stagedShare,
        double average,
        int statisticsBatch,
        String steps,
        int edge) {

    /** Rates three times lower at the image, and no stages: in minutes, steps that learn everything are worth more. */
    public static final FineTuningSettings DEFAULT = new FineTuningSettings(0.3, 0, 0, 0.98, 64, "", 0);

    private static final int HALVINGS = 32;

    public FineTuningSettings {
        require(firstLayerRate > 0 && firstLayerRate <= 1, "first layer's rate %s must lie in 0..1", firstLayerRate);
        require(stages >= 0 && stages <= 100, "stages %s must lie in 0..100", stages);
        require(stagedShare >= 0 && stagedShare < 1, "share of the stages %s must lie in 0..1", stagedShare);
        require(average >= 0 && average < 1, "weight average %s must lie in 0..1", average);
        require(statisticsBatch >= 2, "batch for statistics %s must be at least 2", statisticsBatch);
        require(edge == 0 || (edge >= HALVINGS && edge <= 4096), "edge %s must lie in 32..4096", edge);
        steps = steps == null ? "" : steps;
    }

    /** The same with the steps of an earlier training. */
    public FineTuningSettings withSteps(String plan) {
        return new FineTuningSettings(firstLayerRate, stages, stagedShare, average, statisticsBatch, plan, edge);
    }

    /** The same with an edge of the square that images are squashed to. */
    public FineTuningSettings withEdge(int pixels) {
        return new FineTuningSettings(firstLayerRate, stages, stagedShare, average, statisticsBatch, steps, pixels);
    }

    /**
     * A size near the given one by which networks that halve the image five times divide it evenly, so that their
     * padding stays what it was learned with.
     */
    static Size evened(Size size) {
        return new Size(evened(size.height()), evened(size.width()));
    }

    private static int evened(int edge) {
        return Math.max(HALVINGS, Math.round(edge / (float) HALVINGS) * HALVINGS);
    }

    /** The depth from which layers learn at a point of the schedule: 1 is the last layer, 0 all of them. */
    double learnsFrom(double progress) {
        if (progress >= stagedShare || stages == 0) {
            return 0;
        }
        int stage = (int) (progress / stagedShare * stages);
        return 1 - (stage + 1.0) / (stages + 1);
    }

    /** The rate at a depth as a share of the last layer's. */
    double rateAt(double depth) {
        return Math.pow(firstLayerRate, 1 - depth);
    }

    Map<String, String> describe() {
        return Map.of(
                "first_layer_rate", Double.toString(firstLayerRate),
                "unfreezing_stages", Integer.toString(stages),
                "unfreezing_share", Double.toString(stagedShare),
                "weight_average", Double.toString(average),
                "statistics_batch", Integer.toString(statisticsBatch),
                "stated_edge", edge == 0 ? "automatic" : Integer.toString(edge));
    }
}
