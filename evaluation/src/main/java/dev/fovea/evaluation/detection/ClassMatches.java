package dev.fovea.evaluation.detection;

import dev.fovea.datasets.IgnoredRegion;
import dev.fovea.datasets.LabelledBox;
import dev.fovea.runtime.decoding.Detection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The matches of one class over all images, by {@link BoxMatching}. Pure.
 *
 * @param truths {@code [P]}, number of objects of the class in each image
 * @param images {@code [D]}, image of each detection, in descending score over all images
 * @param scores {@code [D]}, descending
 * @param hits {@code [T,D]}, whether the detection is a true positive at each of {@link AveragePrecision#overlaps}
 * @param counts {@code [T,D]}, whether it counts: false for one that matches an ignored region
 */
public record ClassMatches(int[] truths, int[] images, double[] scores, boolean[][] hits, boolean[][] counts) {

    /** Maximum number of detections of a class per image. */
    static final int MAX_PER_IMAGE = 100;

    /**
     * One detection.
     *
     * @param hits {@code [T]}
     * @param counts {@code [T]}
     */
    public record Match(int image, double score, boolean[] hits, boolean[] counts) {}

    public static ClassMatches of(int label, List<ImageDetections> images) {
        double[] overlaps = AveragePrecision.overlaps();
        int[] truths = new int[images.size()];
        List<Match> matches = new ArrayList<>();
        for (int p = 0; p < truths.length; p++) {
            List<LabelledBox> boxes = images.get(p).truths().stream()
                    .filter(truth -> truth.label() == label)
                    .toList();
            List<IgnoredRegion> ignored = images.get(p).ignored().stream()
                    .filter(region -> region.label() == label)
                    .toList();
            List<Detection> found = images.get(p).found().stream()
                    .filter(detection -> detection.label() == label)
                    .sorted(Comparator.comparingDouble(Detection::confidence).reversed())
                    .limit(MAX_PER_IMAGE)
                    .toList();
            truths[p] = boxes.size();
            boolean[][] hits = new boolean[found.size()][overlaps.length];
            boolean[][] counts = new boolean[found.size()][overlaps.length];
            for (int t = 0; t < overlaps.length; t++) {
                int[] matched = BoxMatching.of(found, boxes, ignored, overlaps[t]);
                for (int d = 0; d < matched.length; d++) {
                    hits[d][t] = matched[d] >= 0;
                    counts[d][t] = matched[d] != BoxMatching.IGNORED;
                }
            }
            for (int d = 0; d < hits.length; d++) {
                matches.add(new Match(p, found.get(d).confidence(), hits[d], counts[d]));
            }
        }
        return of(truths, matches, overlaps.length);
    }

    /** Of matches in any order, at the first so many overlaps. */
    public static ClassMatches of(int[] truths, List<Match> matches, int overlaps) {
        List<Match> sorted = matches.stream()
                .sorted(Comparator.comparingDouble(Match::score).reversed())
                .toList();
        int[] images = new int[sorted.size()];
        double[] scores = new double[sorted.size()];
        boolean[][] hits = new boolean[overlaps][sorted.size()];
        boolean[][] counts = new boolean[overlaps][sorted.size()];
        for (int d = 0; d < images.length; d++) {
            images[d] = sorted.get(d).image();
            scores[d] = sorted.get(d).score();
            for (int t = 0; t < overlaps; t++) {
                hits[t][d] = sorted.get(d).hits()[t];
                counts[t][d] = sorted.get(d).counts()[t];
            }
        }
        return new ClassMatches(truths, images, scores, hits, counts);
    }

    /** Weighted number of objects of the class over all images. */
    long support(int[] weights) {
        long support = 0;
        for (int p = 0; p < truths.length; p++) {
            support += (long) weights[p] * truths[p];
        }
        return support;
    }

    /**
     * Average precision at the first overlaps, with weighted images.
     *
     * @param weights {@code [P]}
     * @param overlaps number of {@link AveragePrecision#overlaps} used: 1 for AP50, 10 for the mean over all
     */
    double averagePrecision(int[] weights, int overlaps) {
        int[] counted = new int[images.length];
        long support = support(weights);
        double sum = 0;
        for (int t = 0; t < overlaps; t++) {
            for (int d = 0; d < counted.length; d++) {
                counted[d] = counts[t][d] ? weights[images[d]] : 0;
            }
            sum += AveragePrecision.of(hits[t], counted, support);
        }
        return sum / overlaps;
    }
}
