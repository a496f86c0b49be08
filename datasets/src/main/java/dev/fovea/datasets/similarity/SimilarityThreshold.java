package dev.fovea.datasets.similarity;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.Arrays;

/**
 * From which cosine on two images are near duplicates for an embedding, chosen on the set itself: 95 % of variants of
 * its images ({@code ImageVariant}: saved again, resized, cropped by 5 %, brighter, darker) are at least as similar to
 * their original.
 *
 * @param value the threshold, a cosine
 * @param variantsFound share of the variants that reach it
 * @param othersAbove share of the images whose nearest other image reaches it: an upper bound of the share that is
 *     wrongly taken for near duplicates
 */
public record SimilarityThreshold(double value, double variantsFound, double othersAbove) {

    private static final double FOUND = 0.95;
    /** More images than this have no near duplicate: then similarity tells nothing about duplicates. */
    private static final double CROWDED = 0.25;

    /**
     * Chooses a threshold.
     *
     * @param variants cosines between images and their variants; 100 or more are a good sample
     * @param nearest for images of the set, the cosine with the nearest other image
     */
    public static SimilarityThreshold of(double[] variants, double[] nearest) {
        if (variants.length == 0 || nearest.length == 0) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "A threshold needs the similarity of variants and of nearest images; give one or more of each.");
        }
        double[] sorted = variants.clone();
        Arrays.sort(sorted);
        double value = sorted[(int) Math.floor((1 - FOUND) * sorted.length)];
        return new SimilarityThreshold(value, share(variants, value), share(nearest, value));
    }

    /** Whether near duplicates stand out; if not, use a perceptual hash alone. */
    public boolean separates() {
        return othersAbove <= CROWDED;
    }

    private static double share(double[] values, double min) {
        return Arrays.stream(values).filter(value -> value >= min).count() / (double) values.length;
    }
}
