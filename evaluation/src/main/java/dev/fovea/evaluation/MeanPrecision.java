package dev.fovea.evaluation;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Mean average precision of one detector over the classes that pictures show, with each picture counted as often as a
 * weight says. Pure.
 *
 * @param classes in label order
 */
record MeanPrecision(List<ClassMatches> classes) {

    private static final int DRAWS = 500;
    private static final long SEED = 20150401;

    /**
     * Matches what was found with what is there.
     *
     * @throws FoveaException {@code DATASET_INVALID} if the pictures show nothing; {@code LABELS_MISMATCH} if they show
     *     classes that have no label
     */
    static MeanPrecision of(List<PictureDetections> pictures, List<String> labels) {
        int truths = truths(pictures);
        if (truths == 0) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "The %d pictures show nothing to find. Give label files with boxes.".formatted(pictures.size()));
        }
        List<ClassMatches> classes = IntStream.range(0, labels.size())
                .mapToObj(label -> ClassMatches.of(label, pictures))
                .toList();
        int[] once = once(pictures.size());
        if (classes.stream().mapToLong(of -> of.support(once)).sum() != truths) {
            throw new FoveaException(
                    ErrorCode.LABELS_MISMATCH,
                    "The pictures show classes past the %d labels. Give all labels.".formatted(labels.size()));
        }
        return new MeanPrecision(classes);
    }

    static int truths(List<PictureDetections> pictures) {
        return pictures.stream().mapToInt(picture -> picture.truths().size()).sum();
    }

    /**
     * Unweighted mean over the classes that pictures show; NaN when they show none.
     *
     * @param overlaps how many of {@link AveragePrecision#overlaps}: 1 for AP50, 10 for the mean over all
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

    /** Weights that count each picture once. */
    static int[] once(int pictures) {
        int[] weights = new int[pictures];
        Arrays.fill(weights, 1);
        return weights;
    }

    /** Weights of as many pictures drawn anew with replacement, always the same draws. */
    static List<int[]> draws(int pictures) {
        SplittableRandom random = new SplittableRandom(SEED);
        List<int[]> draws = new ArrayList<>(DRAWS);
        for (int draw = 0; draw < DRAWS; draw++) {
            int[] weights = new int[pictures];
            for (int picture = 0; picture < pictures; picture++) {
                weights[random.nextInt(pictures)]++;
            }
            draws.add(weights);
        }
        return draws;
    }
}
