package dev.fovea.evaluation.detection;

import dev.fovea.datasets.IgnoredRegion;
import dev.fovea.datasets.LabelledBox;
import dev.fovea.runtime.decoding.Detection;
import java.util.Arrays;
import java.util.List;

/**
 * Matches detections to objects. In descending confidence, each takes the unmatched object of its class with the
 * largest overlap, the later of equal ones. An unmatched detection that matches an ignored region is ignored. Source:
 * {@code COCOeval.evaluateImg} of pycocotools, without areas. Pure.
 */
public final class BoxMatching {

    /** The detection found nothing. */
    static final int NONE = -1;

    /** The detection matches an ignored region: neither right nor wrong. */
    public static final int IGNORED = -2;

    private BoxMatching() {}

    /**
     * Matches.
     *
     * @param found {@code [D]}, in descending confidence
     * @param truths {@code [G]}, in any order
     * @param minOverlap minimum overlap of a match, 0 to 1
     * @return {@code [D]}, the index of the object found, {@link #NONE} or {@link #IGNORED}
     */
    public static int[] of(
            List<Detection> found, List<LabelledBox> truths, List<IgnoredRegion> ignored, double minOverlap) {
        boolean[] matched = new boolean[truths.size()];
        int[] matches = new int[found.size()];
        for (int d = 0; d < matches.length; d++) {
            Detection detection = found.get(d);
            int best = bestMatch(detection, truths, matched, minOverlap);
            if (best != NONE) {
                matched[best] = true;
            } else if (isIgnored(detection, ignored, minOverlap)) {
                best = IGNORED;
            }
            matches[d] = best;
        }
        return matches;
    }

    private static int bestMatch(Detection detection, List<LabelledBox> truths, boolean[] matched, double minOverlap) {
        double bestOverlap = minOverlap;
        int best = NONE;
        for (int g = 0; g < matched.length; g++) {
            LabelledBox truth = truths.get(g);
            double overlap = matched[g] || truth.label() != detection.label()
                    ? -1
                    : detection.box().overlap(truth.box());
            if (overlap >= bestOverlap) {
                bestOverlap = overlap;
                best = g;
            }
        }
        return best;
    }

    private static boolean isIgnored(Detection detection, List<IgnoredRegion> ignored, double minOverlap) {
        return ignored.stream()
                .anyMatch(
                        region -> region.label() == detection.label() && region.overlap(detection.box()) >= minOverlap);
    }

    /** Whether each of so many objects was found. */
    public static boolean[] found(int[] matches, int truths) {
        boolean[] found = new boolean[truths];
        Arrays.stream(matches).filter(match -> match >= 0).forEach(match -> found[match] = true);
        return found;
    }
}
