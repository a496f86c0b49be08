package dev.fovea.labels.consensus;

import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.annotation.Shape;
import dev.fovea.imaging.Box;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Pairs the objects of two annotations so that the sum of their overlaps is greatest ({@link Assignment}). Only objects
 * of one class are paired. Overlap is intersection over union of masks, otherwise of the upright bounding boxes. Pure.
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
    static List<Match> of(List<AnnotatedObject> first, List<AnnotatedObject> second, double min) {
        double[][] overlaps = new double[first.size()][second.size()];
        boolean isAny = false;
        for (int i = 0; i < first.size(); i++) {
            for (int j = 0; j < second.size(); j++) {
                double overlap =
                        first.get(i).name().equals(second.get(j).name()) ? overlap(first.get(i), second.get(j)) : 0;
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
    static double distance(ObjectLabels first, ObjectLabels second) {
        int objects = first.objects().size() + second.objects().size();
        double overlap = of(first.objects(), second.objects(), Double.MIN_VALUE).stream()
                .mapToDouble(Match::overlap)
                .sum();
        return objects == 0 ? 0 : Math.max(0, 1 - 2 * overlap / objects);
    }

    private static double overlap(AnnotatedObject first, AnnotatedObject second) {
        return first.shape() instanceof Shape.MaskShape one && second.shape() instanceof Shape.MaskShape other
                ? one.mask().overlap(other.mask())
                : box(first).overlap(box(second));
    }

    /** The upright bounding box. */
    static Box box(AnnotatedObject object) {
        return switch (object.shape()) {
            case Shape.BoxShape box ->
                new Box((float) box.x(), (float) box.y(), (float) (box.x() + box.width()), (float)
                        (box.y() + box.height()));
            case Shape.RotatedBoxShape box -> {
                double turn = Math.toRadians(box.degrees());
                double cos = Math.abs(Math.cos(turn));
                double sin = Math.abs(Math.sin(turn));
                yield Box.around(
                        box.centreX(),
                        box.centreY(),
                        box.width() * cos + box.height() * sin,
                        box.width() * sin + box.height() * cos);
            }
            case Shape.PolygonShape polygon -> box(polygon);
            case Shape.MaskShape mask -> mask.mask().extent();
        };
    }

    private static Box box(Shape.PolygonShape polygon) {
        double[] x = coordinates(polygon, 0);
        double[] y = coordinates(polygon, 1);
        return new Box(
                (float) Arrays.stream(x).min().orElseThrow(),
                (float) Arrays.stream(y).min().orElseThrow(),
                (float) Arrays.stream(x).max().orElseThrow(),
                (float) Arrays.stream(y).max().orElseThrow());
    }

    private static double[] coordinates(Shape.PolygonShape polygon, int axis) {
        return polygon.rings().stream()
                .map(Shape.Ring::coordinates)
                .flatMapToDouble(ring -> IntStream.range(0, ring.size() / 2).mapToDouble(i -> ring.get(2 * i + axis)))
                .toArray();
    }
}
