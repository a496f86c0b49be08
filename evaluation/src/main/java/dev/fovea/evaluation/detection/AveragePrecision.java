package dev.fovea.evaluation.detection;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Area under the precision-recall curve as in COCO: precision is made monotone from the right, then averaged over the
 * 101 recalls 0, 0.01, … 1. Source: {@code COCOeval.accumulate} of pycocotools; Everingham et al., The Pascal Visual
 * Object Classes Challenge: A Retrospective, IJCV 2015, section 3.5. Pure.
 */
final class AveragePrecision {

    private static final int RECALLS = 101;

    /** Intersections over union 0.5, 0.55, … 0.95, to the last bit as NumPy's {@code linspace} has them. */
    private static final double[] OVERLAPS = IntStream.range(0, 10)
            .mapToDouble(i -> i == 9 ? 0.95 : i * ((0.95 - 0.5) / 9) + 0.5)
            .toArray();

    private AveragePrecision() {}

    /** The ten overlaps at which COCO averages; the first is 0.5. */
    static double[] overlaps() {
        return OVERLAPS.clone();
    }

    /**
     * Average precision of one class at one overlap, 0 to 1.
     *
     * @param hits {@code [D]}, whether each detection is a true positive, in descending score
     * @param weights {@code [D]}, weight of each detection; not negative
     * @param truths number of objects, positive
     */
    static double of(boolean[] hits, int[] weights, long truths) {
        double[] recall = new double[hits.length];
        double[] precision = new double[hits.length];
        long found = 0;
        long detected = 0;
        for (int i = 0; i < hits.length; i++) {
            detected += weights[i];
            found += hits[i] ? weights[i] : 0;
            recall[i] = (double) found / truths;
            precision[i] = detected == 0 ? 0 : (double) found / detected;
        }
        for (int i = hits.length - 2; i >= 0; i--) {
            precision[i] = Math.max(precision[i], precision[i + 1]);
        }
        double sum = 0;
        int at = 0;
        for (int k = 0; k < RECALLS; k++) {
            double wanted = k == RECALLS - 1 ? 1 : k * 0.01;
            while (at < recall.length && recall[at] < wanted) {
                at++;
            }
            sum += at < precision.length ? precision[at] : 0;
        }
        return sum / RECALLS;
    }

    /** The same where every detection counts once. */
    static double of(boolean[] hits, long truths) {
        int[] ones = new int[hits.length];
        Arrays.fill(ones, 1);
        return of(hits, ones, truths);
    }
}
