package dev.fovea.labels.wrong;

import dev.fovea.statistics.Interval;

/**
 * The wrong labels of a class.
 *
 * @param label the class
 * @param images labelled with it
 * @param share of them that is estimated to be wrong, at 95 % confidence
 * @param reviewToHalve how many of them to review, the most suspect first, to find half of the wrong ones
 */
public record ClassNoise(String label, long images, Interval share, int reviewToHalve) {}
