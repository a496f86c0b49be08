package dev.fovea.statistics;

/**
 * A cascade at one threshold, as the evaluation saw it.
 *
 * @param threshold the small model's answer stands when its confidence is at least this; at 0 it always stands, at
 *     {@link CascadeCurve#NEVER_SURE} it never does
 * @param accuracy share of right answers with its 95 % Wilson interval
 * @param escalated share of images that are passed on to the large model, with its 95 % Wilson interval
 * @param costPerThousand expected cost of 1,000 images with its 95 % interval, in the unit of the costs
 */
public record CascadePoint(double threshold, Interval accuracy, Interval escalated, Interval costPerThousand) {}
