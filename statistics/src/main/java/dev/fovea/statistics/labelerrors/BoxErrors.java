package dev.fovea.statistics.labelerrors;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/**
 * Wrong boxes, found by comparison with a model's predictions: overlooked, spurious, misplaced and swapped ones. The
 * idea is that of ObjectLab (U. Tkachenko, A. Thyagarajan and J. Mueller, "ObjectLab: automated diagnosis of mislabeled
 * images in object detection data", ICML workshop on data-centric machine learning research 2023); the scores are our
 * own.
 *
 * <p>With s a score and o an overlap (intersection over union):
 *
 * <ul>
 *   <li>swapped: {@code s o} of the best prediction of another class with o ≥ 0.5, less that of the best of its own
 *       class
 *   <li>misplaced: {@code s (1 − o)} of the best prediction of its own class, when 0.1 ≤ o &lt; 0.7
 *   <li>spurious: {@code r max(0, 1 − m / t)}: m is the largest s of a prediction of any class with o ≥ 0.1 and no
 *       nearer given box, t the mean of m over the class's boxes that were found, r the share that was found of its
 *       class and size. A model that finds few such boxes thus suspects few of them.
 *   <li>overlooked: {@code s (1 − o)}, o with the nearest given box, when o &lt; 0.5, and no other prediction there has
 *       a higher score
 * </ul>
 *
 * A given box has one issue, the one of the largest suspicion. A prediction that shows that a box is misplaced is not
 * overlooked too.
 */
public final class BoxErrors {

    private static final double WELL_PLACED = 0.7;

    private BoxErrors() {}

    /** The issues of all images, the most suspect first; ties by image. */
    public static List<BoxIssue> find(List<BoxedImage> images) {
        FoundBoxes found = FoundBoxes.of(images);
        List<BoxIssue> issues = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            List<BoxIssue> ofGiven = new ArrayList<>();
            for (int g = 0; g < images.get(i).given().size(); g++) {
                ofGiven.add(ofGiven(images.get(i), i, g, found));
            }
            ofGiven.stream().filter(issue -> issue.suspicion() > 0).forEach(issues::add);
            addOverlooked(images.get(i), i, ofGiven, issues);
        }
        issues.sort(Comparator.comparingDouble(BoxIssue::suspicion).reversed());
        return issues;
    }

    private static BoxIssue ofGiven(BoxedImage image, int index, int g, FoundBoxes found) {
        ClassBox given = image.given().get(g);
        List<ScoredBox> predicted = image.predicted();
        int own = -1;
        int other = -1;
        for (int p = 0; p < predicted.size(); p++) {
            double overlap = given.overlap(predicted.get(p).box());
            boolean same = predicted.get(p).box().label() == given.label();
            if (same && overlap >= FoundBoxes.NEAR && isNearest(image, g, p)) {
                own = better(predicted, given, own, p);
            } else if (!same && overlap >= FoundBoxes.SAME_OBJECT) {
                other = better(predicted, given, other, p);
            }
        }
        double ownSupport = support(predicted, given, own);
        double swapped = Math.max(0, support(predicted, given, other) - ownSupport);
        double overlap = own < 0 ? 1 : given.overlap(predicted.get(own).box());
        double misplaced = overlap < WELL_PLACED ? predicted.get(own).score() * (1 - overlap) : 0;
        double spurious = found.spurious(given, FoundBoxes.support(image, g));
        if (swapped >= misplaced && swapped >= spurious) {
            return issue(BoxIssueKind.SWAPPED, index, g, other, swapped);
        }
        return misplaced >= spurious
                ? issue(BoxIssueKind.MISPLACED, index, g, own, misplaced)
                : issue(BoxIssueKind.SPURIOUS, index, g, -1, spurious);
    }

    private static BoxIssue issue(BoxIssueKind kind, int image, int given, int predicted, double suspicion) {
        return new BoxIssue(
                kind,
                image,
                OptionalInt.of(given),
                predicted < 0 ? OptionalInt.empty() : OptionalInt.of(predicted),
                suspicion);
    }

    private static void addOverlooked(BoxedImage image, int index, List<BoxIssue> ofGiven, List<BoxIssue> issues) {
        List<ScoredBox> predicted = image.predicted();
        for (int p = 0; p < predicted.size(); p++) {
            ScoredBox one = predicted.get(p);
            int number = p;
            boolean explained = ofGiven.stream()
                    .anyMatch(issue -> issue.kind() == BoxIssueKind.MISPLACED
                            && issue.predicted().equals(OptionalInt.of(number)));
            double nearest = image.given().stream()
                    .mapToDouble(given -> given.overlap(one.box()))
                    .max()
                    .orElse(0);
            if (!explained && nearest < FoundBoxes.SAME_OBJECT && one.score() > 0 && isHighest(predicted, p)) {
                issues.add(new BoxIssue(
                        BoxIssueKind.OVERLOOKED,
                        index,
                        OptionalInt.empty(),
                        OptionalInt.of(p),
                        one.score() * (1 - nearest)));
            }
        }
    }

    /** Whether no prediction of the same place has a higher score, the first of equal ones. */
    private static boolean isHighest(List<ScoredBox> predicted, int p) {
        ScoredBox one = predicted.get(p);
        for (int q = 0; q < predicted.size(); q++) {
            ScoredBox other = predicted.get(q);
            boolean before = other.score() > one.score() || (other.score() == one.score() && q < p);
            if (before && one.box().overlap(other.box()) >= FoundBoxes.SAME_OBJECT) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether no given box of the prediction's class overlaps it more: a box is not misplaced where its neighbour is.
     */
    private static boolean isNearest(BoxedImage image, int g, int p) {
        ClassBox box = image.predicted().get(p).box();
        double overlap = image.given().get(g).overlap(box);
        return image.given().stream()
                .filter(given -> given.label() == box.label())
                .allMatch(given -> given.overlap(box) <= overlap);
    }

    private static int better(List<ScoredBox> predicted, ClassBox given, int best, int p) {
        return support(predicted, given, p) > support(predicted, given, best) ? p : best;
    }

    private static double support(List<ScoredBox> predicted, ClassBox given, int p) {
        return p < 0
                ? 0
                : predicted.get(p).score() * given.overlap(predicted.get(p).box());
    }
}
