package dev.fovea.labels.wrong;

import dev.fovea.statistics.Interval;

/**
 * The wrong decisions about a class, which is judged against the rest.
 *
 * @param label the class
 * @param images labelled with it
 * @param share of all images whose decision is estimated to be wrong, at 95 % confidence
 * @param extra share of the images labelled with it that should not be
 * @param missing share of the other images that should be
 * @param reviewToHalve how many decisions to review, in the order of suspicion, to find half of the wrong ones
 * @param accuracy mean of the shares of right predictions among images with the class and without it
 */
public record ClassDecisions(
        String label,
        long images,
        Interval share,
        Interval extra,
        Interval missing,
        int reviewToHalve,
        double accuracy) {}
