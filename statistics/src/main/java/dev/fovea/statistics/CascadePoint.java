package dev.fovea.statistics;

/**
 * A cascade at one threshold, as measured by the evaluation.
 *
 * @param threshold minimum confidence to serve the small model's prediction; 0 always serves it,
 *     {@link CascadeCurve#NEVER_SURE} never does
 * @param accuracy fraction of correct predictions with its 95 % Wilson interval
 * @param escalated fraction of images that are escalated to the large model, with its 95 % Wilson interval
 * @param costPerThousand expected cost of 1,000 images with its 95 % interval, in the unit of the costs
 */
public record CascadePoint(double threshold, Interval accuracy, Interval escalated, Interval costPerThousand) {}
