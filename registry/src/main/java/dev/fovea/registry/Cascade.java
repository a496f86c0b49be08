package dev.fovea.registry;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.time.Instant;
import java.util.Optional;

/**
 * Who answers when a classifier is unsure. Its own answer stands when its confidence is at least the threshold; the
 * request escalates to the larger model otherwise.
 *
 * @param larger the model to escalate to
 * @param threshold from 0, where the small model always serves, to 2; above 1 the larger one always does
 * @param version the small model's version that the threshold was meant for; another one may be sure of other things
 * @param declared when
 * @param expected what an evaluation promised, where there was one
 */
public record Cascade(
        ModelRef larger, double threshold, int version, Instant declared, Optional<Expectation> expected) {

    private static final double HIGHEST = 2;

    public Cascade {
        if (!(threshold >= 0 && threshold <= HIGHEST)) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The threshold is %s; it must be from 0 (only the small model predicts) to 2. Above 1 the larger model predicts every image."
                            .formatted(threshold));
        }
    }

    /** Whether an image with a prediction of this confidence is escalated. */
    public boolean escalates(double confidence) {
        return confidence < threshold;
    }

    /**
     * What an evaluation lets one expect, with 95 % intervals.
     *
     * @param images the image count
     * @param wanted the requested accuracy
     * @param accuracy of the whole cascade on images that the threshold was not chosen on
     * @param share of images that are escalated
     * @param costPerThousand of 1,000 images
     * @param unit of the cost, as ms or USD
     */
    public record Expectation(
            int images, double wanted, Estimate accuracy, Estimate share, Estimate costPerThousand, String unit) {}

    /** A figure with its interval. */
    public record Estimate(double value, double low, double high) {}
}
