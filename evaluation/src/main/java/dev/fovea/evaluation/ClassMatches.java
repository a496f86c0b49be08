package dev.fovea.evaluation;

import dev.fovea.datasets.LabelledBox;
import dev.fovea.imaging.Box;
import dev.fovea.runtime.Detection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which detections of one class found something, over all pictures. Within a picture the best detection chooses first,
 * and takes the thing not yet taken that it overlaps most, the later of equal ones. Source:
 * {@code COCOeval.evaluateImg} of pycocotools, without crowds and areas. Pure.
 *
 * @param truths {@code [P]}, how many things of the class each picture shows
 * @param pictures {@code [D]}, whose picture each detection is, best score first over all pictures
 * @param hits {@code [T,D]}, whether the detection found something at each of {@link AveragePrecision#overlaps}
 */
record ClassMatches(int[] truths, int[] pictures, boolean[][] hits) {

    /** Most detections of a class that count in one picture. */
    static final int MOST_PER_PICTURE = 100;

    private record Match(int picture, double score, boolean[] hits) {}

    static ClassMatches of(int label, List<PictureDetections> pictures) {
        double[] overlaps = AveragePrecision.overlaps();
        int[] truths = new int[pictures.size()];
        List<Match> matches = new ArrayList<>();
        for (int p = 0; p < truths.length; p++) {
            List<Box> boxes = pictures.get(p).truths().stream()
                    .filter(truth -> truth.label() == label)
                    .map(LabelledBox::box)
                    .toList();
            List<Detection> found = pictures.get(p).found().stream()
                    .filter(detection -> detection.label() == label)
                    .sorted(Comparator.comparingDouble(Detection::confidence).reversed())
                    .limit(MOST_PER_PICTURE)
                    .toList();
            truths[p] = boxes.size();
            boolean[][] hits = new boolean[found.size()][overlaps.length];
            for (int t = 0; t < overlaps.length; t++) {
                match(found, boxes, overlaps[t], t, hits);
            }
            for (int d = 0; d < hits.length; d++) {
                matches.add(new Match(p, found.get(d).confidence(), hits[d]));
            }
        }
        matches.sort(Comparator.comparingDouble(Match::score).reversed());
        return of(truths, matches, overlaps.length);
    }

    private static void match(List<Detection> found, List<Box> truths, double least, int t, boolean[][] hits) {
        boolean[] taken = new boolean[truths.size()];
        for (int d = 0; d < hits.length; d++) {
            double best = least;
            int chosen = -1;
            for (int g = 0; g < taken.length; g++) {
                double overlap = taken[g] ? -1 : found.get(d).box().overlap(truths.get(g));
                if (overlap >= best) {
                    best = overlap;
                    chosen = g;
                }
            }
            if (chosen >= 0) {
                taken[chosen] = true;
                hits[d][t] = true;
            }
        }
    }

    private static ClassMatches of(int[] truths, List<Match> matches, int overlaps) {
        int[] pictures = new int[matches.size()];
        boolean[][] hits = new boolean[overlaps][matches.size()];
        for (int d = 0; d < pictures.length; d++) {
            pictures[d] = matches.get(d).picture();
            for (int t = 0; t < overlaps; t++) {
                hits[t][d] = matches.get(d).hits()[t];
            }
        }
        return new ClassMatches(truths, pictures, hits);
    }

    /** How many things of the class all pictures show together, each picture counted as often as its weight. */
    long support(int[] weights) {
        long support = 0;
        for (int p = 0; p < truths.length; p++) {
            support += (long) weights[p] * truths[p];
        }
        return support;
    }

    /**
     * Average precision at the first overlaps, each picture counted as often as its weight.
     *
     * @param weights {@code [P]}
     * @param overlaps how many of {@link AveragePrecision#overlaps}: 1 for AP50, 10 for the mean over all
     */
    double averagePrecision(int[] weights, int overlaps) {
        int[] counted = new int[pictures.length];
        for (int d = 0; d < counted.length; d++) {
            counted[d] = weights[pictures[d]];
        }
        long support = support(weights);
        double sum = 0;
        for (int t = 0; t < overlaps; t++) {
            sum += AveragePrecision.of(hits[t], counted, support);
        }
        return sum / overlaps;
    }
}
