package dev.fovea.evaluation.report;

import dev.fovea.statistics.Interval;
import dev.fovea.statistics.anomaly.FalseAlarmThreshold;
import java.util.Optional;

/**
 * What an anomaly detector was measured to do. Intervals are 95 %.
 *
 * @param stated the false-alarm rate that was asked for
 * @param threshold from good images of the training, each scored without having been learned from
 * @param heldOut good images that neither the model nor the threshold has seen
 * @param defects images of defects; empty where there are none
 * @param cost time on one thread
 */
public record AnomalyFigures(
        double stated,
        FalseAlarmThreshold threshold,
        HeldOutGood heldOut,
        Optional<Defects> defects,
        AnomalyCost cost) {

    /**
     * Held-out good images.
     *
     * @param images number of them
     * @param alarms how many score above the threshold
     * @param rate that share
     */
    public record HeldOutGood(int images, int alarms, Interval rate) {}

    /**
     * Images of defects.
     *
     * @param images number of them
     * @param found how many score above the threshold
     * @param rate that share
     * @param imageAuroc probability that an image of a defect scores above a held-out good one
     * @param pixels of the images with masks; empty where there are none
     */
    public record Defects(int images, int found, Interval rate, Interval imageAuroc, Optional<MaskedPixels> pixels) {}

    /**
     * Heat maps against masks.
     *
     * @param images with a mask
     * @param auroc probability that a pixel of a defect has a higher value than another, over all test images
     */
    public record MaskedPixels(int images, double auroc) {}

    /**
     * Milliseconds an image, on one thread, without decoding.
     *
     * @param detector the registered network
     * @param backbone the whole network that it was made from
     */
    public record AnomalyCost(double detector, double backbone) {}

    /** Whether the held-out good images do not contradict the stated rate. */
    public boolean keepsRate() {
        return heldOut.rate().low() <= stated;
    }
}
