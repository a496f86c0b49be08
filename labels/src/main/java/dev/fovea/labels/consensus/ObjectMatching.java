package dev.fovea.labels.consensus;

import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.imaging.ImageSize;
import java.util.ArrayList;
import java.util.List;

/**
 * Pairs the objects of two annotations so that the sum of their overlaps is greatest ({@link Assignment}). Only objects
 * of one class are paired. Overlap is intersection over union of the pixels of masks and polygons, otherwise of the
 * upright bounding boxes. Pure.
 */
final class ObjectMatching {

    private ObjectMatching() {}

    /**
     * Objects of two annotations that are the same.
     *
     * @param first index in the first
     * @param second index in the second
     * @param overlap 0 to 1
     */
    record Match(int first, int second, double overlap) {}

    /** The pairs whose overlap is at least {@code min}, which is above 0. */
    static List<Match> of(List<DrawnObject> first, List<DrawnObject> second, double min) {
        double[][] overlaps = new double[first.size()][second.size()];
        boolean isAny = false;
        for (int i = 0; i < first.size(); i++) {
            for (int j = 0; j < second.size(); j++) {
                double overlap = first.get(i).name().equals(second.get(j).name())
                        ? first.get(i).overlap(second.get(j))
                        : 0;
                overlaps[i][j] = overlap >= min ? overlap : 0;
                isAny |= overlaps[i][j] > 0;
            }
        }
        if (!isAny) {
            return List.of();
        }
        int[] assigned = Assignment.of(overlaps);
        List<Match> matches = new ArrayList<>();
        for (int i = 0; i < assigned.length; i++) {
            if (assigned[i] >= 0 && overlaps[i][assigned[i]] > 0) {
                matches.add(new Match(i, assigned[i], overlaps[i][assigned[i]]));
            }
        }
        return matches;
    }

    /**
     * How unlike two annotations are: {@code 1 - 2 Σ overlap / (n + m)} over the pairs, 0 for equal ones and 1 for
     * those without a common object. Two images without objects are alike.
     */
    static double distance(List<DrawnObject> first, List<DrawnObject> second) {
        int objects = first.size() + second.size();
        double overlap = of(first, second, Double.MIN_VALUE).stream()
                .mapToDouble(Match::overlap)
                .sum();
        return objects == 0 ? 0 : Math.max(0, 1 - 2 * overlap / objects);
    }

    /** {@link #distance} of two annotations of one image. */
    static double distance(ObjectLabels first, ObjectLabels second, ImageTask task) {
        ImageSize canvas = DrawnObject.canvas(List.of(first, second));
        return distance(DrawnObject.of(first, task, canvas), DrawnObject.of(second, task, canvas));
    }
}
