package dev.fovea.evaluation.detection;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Mean average precision of one detector over the classes with objects, with weighted images. Pure.
 *
 * @param classes in label order
 */
public record MeanPrecision(List<ClassMatches> classes) {

    private static final int DRAWS = 500;
    private static final long SEED = 20150401;

    /**
     * Matches what was found with what is there.
     *
     * @throws FoveaException {@code DATASET_INVALID} if the images show nothing; {@code LABELS_MISMATCH} if they show
     *     classes that have no label
     */
    static MeanPrecision of(List<ImageDetections> images, List<String> labels) {
        int truths = truths(images);
        if (truths == 0) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "The %d images show nothing to find. Give label files with boxes.".formatted(images.size()));
        }
        List<ClassMatches> classes = IntStream.range(0, labels.size())
                .mapToObj(label -> ClassMatches.of(label, images))
                .toList();
        int[] once = once(images.size());
        if (classes.stream().mapToLong(of -> of.support(once)).sum() != truths) {
            throw new FoveaException(
                    ErrorCode.LABELS_MISMATCH,
                    "The images show classes past the %d labels. Give all labels.".formatted(labels.size()));
        }
        return new MeanPrecision(classes);
    }

    static int truths(List<ImageDetections> images) {
        return images.stream().mapToInt(image -> image.truths().size()).sum();
    }

    /**
     * Unweighted mean over the classes with objects; NaN without objects.
     *
     * @param overlaps number of {@link AveragePrecision#overlaps} used: 1 for AP50, 10 for the mean over all
     */
    double at(int[] weights, int overlaps) {
        return classes.stream()
                .filter(of -> of.support(weights) > 0)
                .mapToDouble(of -> of.averagePrecision(weights, overlaps))
                .average()
                .orElse(Double.NaN);
    }

    /** Objects of all classes, each image counted as often as its weight. */
    long support(int[] weights) {
        return classes.stream().mapToLong(of -> of.support(weights)).sum();
    }

    /** Weights that count each image once. */
    public static int[] once(int images) {
        int[] weights = new int[images];
        Arrays.fill(weights, 1);
        return weights;
    }

    /** Weights of as many images drawn anew with replacement, always the same draws. */
    public static List<int[]> draws(int images) {
        SplittableRandom random = new SplittableRandom(SEED);
        List<int[]> draws = new ArrayList<>(DRAWS);
        for (int draw = 0; draw < DRAWS; draw++) {
            int[] weights = new int[images];
            for (int image = 0; image < images; image++) {
                weights[random.nextInt(images)]++;
            }
            draws.add(weights);
        }
        return draws;
    }
}
