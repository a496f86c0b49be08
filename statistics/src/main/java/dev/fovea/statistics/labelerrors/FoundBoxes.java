package dev.fovea.statistics.labelerrors;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How well a model finds the given boxes of each class, over all images: what can be concluded where it finds none. */
final class FoundBoxes {

    /** Overlap from which two boxes are of one object. */
    static final double SAME_OBJECT = 0.5;

    /** Overlap from which a box may be meant for the same object. */
    static final double NEAR = 0.1;

    private final Map<Integer, Tally> classes = new HashMap<>();

    private static final class Tally {
        private int boxes;
        private int found;
        private double support;
    }

    private FoundBoxes() {}

    static FoundBoxes of(List<BoxedImage> images) {
        FoundBoxes result = new FoundBoxes();
        for (BoxedImage image : images) {
            for (int g = 0; g < image.given().size(); g++) {
                ClassBox given = image.given().get(g);
                Tally tally = result.classes.computeIfAbsent(given.label(), label -> new Tally());
                tally.boxes++;
                boolean found = image.predicted().stream()
                        .anyMatch(one -> one.box().label() == given.label()
                                && given.overlap(one.box()) >= SAME_OBJECT
                                && one.score() > 0);
                if (found) {
                    tally.found++;
                    tally.support += support(image, g);
                }
            }
        }
        return result;
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
        Tally tally = classes.get(given.label());
        if (tally == null || tally.support == 0) {
            return 0;
        }
        double usual = tally.support / tally.found;
        return (double) tally.found / tally.boxes * Math.max(0, 1 - support / usual);
    }
}
