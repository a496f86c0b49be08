package dev.fovea.labels.wrong;

import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.ObjectFlag;
import dev.fovea.datasets.annotation.Shape.BoxShape;
import dev.fovea.datasets.exchange.shapes.Extents;
import dev.fovea.statistics.WilsonInterval;
import dev.fovea.statistics.labelerrors.BoxErrors;
import dev.fovea.statistics.labelerrors.BoxIssue;
import dev.fovea.statistics.labelerrors.BoxedImage;
import dev.fovea.statistics.labelerrors.ClassBox;
import dev.fovea.statistics.labelerrors.ScoredBox;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds boxes that are probably wrong, by comparison with a detector ({@link BoxErrors}). Polygons and masks are
 * compared by the boxes around them. Crowds are left out, and so are predictions that lie mostly in one. Pure.
 */
public final class WrongBoxes {

    /** Less suspect boxes are not listed: a detector's low scores would fill the list. */
    private static final double MIN_SUSPICION = 0.1;

    private static final double SAME_OBJECT = 0.5;

    private final List<String> classes;
    private final double threshold;
    private final ConfirmedParts confirmed;

    /**
     * A search.
     *
     * @param classes that the detector and the data set both know
     * @param threshold score from which a prediction confirms a box
     * @param confirmed what people found right; it is not suspected again
     */
    public WrongBoxes(Collection<String> classes, double threshold, ConfirmedParts confirmed) {
        this.classes = List.copyOf(new TreeSet<>(classes));
        this.threshold = threshold;
        this.confirmed = confirmed;
    }

    /** Ranks the boxes of images. */
    public WrongBoxReport find(List<ImageBoxes> images) {
        List<BoxedImage> boxed = new ArrayList<>();
        TreeSet<String> unjudged = new TreeSet<>();
        for (ImageBoxes image : images) {
            image.given().classes().stream()
                    .filter(name -> !classes.contains(name))
                    .forEach(unjudged::add);
            boxed.add(boxed(image));
        }
        List<SuspectBox> suspects = new ArrayList<>();
        for (BoxIssue issue : BoxErrors.find(boxed)) {
            if (issue.suspicion() >= MIN_SUSPICION) {
                SuspectBox suspect = suspect(
                        issue,
                        boxed.get(issue.image()),
                        images.get(issue.image()).image());
                if (!confirmed.answer(suspect)) {
                    suspects.add(suspect);
                }
            }
        }
        long boxes = boxed.stream().mapToLong(image -> image.given().size()).sum();
        return new WrongBoxReport(suspects, images.size(), boxes, confirmed(boxed), List.copyOf(unjudged));
    }

    private BoxedImage boxed(ImageBoxes image) {
        List<BoxShape> crowds = image.given().objects().stream()
                .filter(object -> object.flags().contains(ObjectFlag.CROWD))
                .map(object -> Extents.of(object.shape()))
                .toList();
        return new BoxedImage(
                image.given().objects().stream()
                        .filter(object -> !object.flags().contains(ObjectFlag.CROWD))
                        .flatMap(object -> box(object).stream())
                        .toList(),
                image.predicted().stream()
                        .filter(one -> crowds.stream().noneMatch(crowd -> isIn(crowd, one.box())))
                        .flatMap(one -> box(one.box()).map(box -> new ScoredBox(box, one.score())).stream())
                        .toList());
    }

    private Optional<ClassBox> box(AnnotatedObject object) {
        BoxShape extent = Extents.of(object.shape());
        return box(new NamedBox(object.name(), extent.x(), extent.y(), extent.width(), extent.height()));
    }

    private Optional<ClassBox> box(NamedBox box) {
        int label = classes.indexOf(box.label());
        return label < 0 || !(box.width() > 0 && box.height() > 0)
                ? Optional.empty()
                : Optional.of(new ClassBox(label, box.x(), box.y(), box.width(), box.height()));
    }

    /** Whether half of a box or more lies in a crowd. */
    private static boolean isIn(BoxShape crowd, NamedBox box) {
        double across = Math.min(crowd.x() + crowd.width(), box.x() + box.width()) - Math.max(crowd.x(), box.x());
        double down = Math.min(crowd.y() + crowd.height(), box.y() + box.height()) - Math.max(crowd.y(), box.y());
        return across > 0 && down > 0 && across * down >= SAME_OBJECT * box.width() * box.height();
    }

    private SuspectBox suspect(BoxIssue issue, BoxedImage boxed, String image) {
        return new SuspectBox(
                issue.kind(),
                image,
                issue.given().isPresent()
                        ? Optional.of(named(boxed.given().get(issue.given().getAsInt())))
                        : Optional.empty(),
                issue.predicted().isPresent()
                        ? Optional.of(named(boxed.predicted()
                                .get(issue.predicted().getAsInt())
                                .box()))
                        : Optional.empty(),
                issue.suspicion());
    }

    private NamedBox named(ClassBox box) {
        return new NamedBox(classes.get(box.label()), box.x(), box.y(), box.width(), box.height());
    }

    private List<ConfirmedBoxes> confirmed(List<BoxedImage> images) {
        Map<String, int[]> counts = new TreeMap<>();
        for (BoxedImage image : images) {
            for (ClassBox given : image.given()) {
                int[] count = counts.computeIfAbsent(classes.get(given.label()), _ -> new int[2]);
                boolean isConfirmed = image.predicted().stream()
                        .anyMatch(one -> one.score() >= threshold
                                && one.box().label() == given.label()
                                && one.box().overlap(given) >= SAME_OBJECT);
                count[0] += isConfirmed ? 1 : 0;
                count[1]++;
            }
        }
        return counts.entrySet().stream()
                .map(each -> new ConfirmedBoxes(
                        each.getKey(), each.getValue()[1], WilsonInterval.of(each.getValue()[0], each.getValue()[1])))
                .toList();
    }
}
