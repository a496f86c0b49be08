package dev.fovea.statistics.labelerrors;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How well a model finds the given boxes, by class and by size, over all images: what can be concluded where it finds
 * none. The rate of a box is {@code rate(class) rate(size) / rate(all)}, at most 1; two boxes of the overall rate are
 * added to each class and size, so that a rare class has about that rate.
 */
final class FoundBoxes {

    /** Overlap from which two boxes are of one object. */
    static final double SAME_OBJECT = 0.5;

    /** Overlap from which a box may be meant for the same object. */
    static final double NEAR = 0.1;

    private static final int SIZES = 5;
    private static final double PRIOR = 2;

    private final double[] edges;
    private final Tally all = new Tally();
    private final Map<Integer, Tally> classes = new HashMap<>();
    private final Map<Integer, Tally> sizes = new HashMap<>();

    private static final class Tally {
        private int boxes;
        private int found;
        private double support;

        void add(boolean isFound, double itsSupport) {
            boxes++;
            found += isFound ? 1 : 0;
            support += isFound ? itsSupport : 0;
        }
    }

    private FoundBoxes(double[] edges) {
        this.edges = edges;
    }

    static FoundBoxes of(List<BoxedImage> images) {
        double[] areas = images.stream()
                .flatMap(image -> image.given().stream())
                .mapToDouble(box -> box.width() * box.height())
                .sorted()
                .toArray();
        double[] edges = new double[areas.length == 0 ? 0 : SIZES - 1];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = areas[(int) ((long) areas.length * (i + 1) / SIZES)];
        }
        FoundBoxes result = new FoundBoxes(edges);
        for (BoxedImage image : images) {
            for (int g = 0; g < image.given().size(); g++) {
                result.add(image, g);
            }
        }
        return result;
    }

    private void add(BoxedImage image, int g) {
        ClassBox given = image.given().get(g);
        boolean found = image.predicted().stream()
                .anyMatch(one -> one.box().label() == given.label()
                        && given.overlap(one.box()) >= SAME_OBJECT
                        && one.score() > 0);
        double support = support(image, g);
        all.add(found, support);
        classes.computeIfAbsent(given.label(), label -> new Tally()).add(found, support);
        sizes.computeIfAbsent(size(given), size -> new Tally()).add(found, support);
    }

    /** Which fifth of the boxes it is in by area. */
    private int size(ClassBox box) {
        int size = 0;
        while (size < edges.length && box.width() * box.height() > edges[size]) {
            size++;
        }
        return size;
    }

    /** The largest score of a prediction of any class that touches a given box and no other one more. */
    static double support(BoxedImage image, int g) {
        ClassBox given = image.given().get(g);
        return image.predicted().stream()
                .filter(one -> {
                    double overlap = given.overlap(one.box());
                    return overlap >= NEAR
                            && image.given().stream().allMatch(other -> other.overlap(one.box()) <= overlap);
                })
                .mapToDouble(ScoredBox::score)
                .max()
                .orElse(0);
    }

    /** The suspicion that a box of this support is spurious. */
    double spurious(ClassBox given, double support) {
        if (all.support == 0) {
            return 0;
        }
        Tally ofClass = classes.getOrDefault(given.label(), new Tally());
        double overall = (double) all.found / all.boxes;
        double rate = Math.min(
                1, rate(ofClass, overall) * rate(sizes.getOrDefault(size(given), new Tally()), overall) / overall);
        double usual = (ofClass.support + PRIOR * all.support / all.found) / (ofClass.found + PRIOR);
        return rate * Math.max(0, 1 - support / usual);
    }

    private static double rate(Tally tally, double overall) {
        return (tally.found + PRIOR * overall) / (tally.boxes + PRIOR);
    }
}
