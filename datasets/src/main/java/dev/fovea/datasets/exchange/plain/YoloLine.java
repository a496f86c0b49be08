package dev.fovea.datasets.exchange.plain;

import dev.fovea.datasets.annotation.Keypoint;
import dev.fovea.datasets.annotation.Shape.PolygonShape;
import dev.fovea.datasets.annotation.Shape.Ring;
import dev.fovea.datasets.exchange.model.BoxReading;
import dev.fovea.datasets.exchange.model.ExchangeFormat;
import dev.fovea.datasets.exchange.reading.StatedObject;
import dev.fovea.datasets.exchange.reading.StatedShape;
import dev.fovea.datasets.exchange.reading.TextPlace;
import dev.fovea.datasets.formats.YoloLabels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A line of a YOLO label file. Source: Ultralytics, Detect, Segment, Oriented Bounding Boxes and Pose dataset formats.
 * Pure.
 */
final class YoloLine {

    private static final int BOX = 5;
    private static final int CORNERS = 9;
    private static final int MIN_OUTLINE = 7;
    private static final double RIGHT_ANGLE = 0.02;

    private YoloLine() {}

    /** The object; {@code IllegalArgumentException} when it is none. */
    static StatedObject object(String[] fields, String name, ExchangeFormat format, boolean pose, TextPlace place) {
        List<Double> n = Arrays.stream(fields).skip(1).map(YoloLabels::number).toList();
        if (fields.length == BOX || (pose && fields.length > BOX)) {
            StatedShape box = new StatedShape.FourNumbers(n.get(0), n.get(1), n.get(2), n.get(3), BoxReading.CXCYWH);
            return new StatedObject(name, box, Map.of(), Set.of(), keypoints(n.subList(4, n.size())), place);
        }
        if (fields.length == CORNERS && format == ExchangeFormat.YOLO_OBB) {
            return new StatedObject(name, new StatedShape.Corners(n), place);
        }
        if (fields.length >= MIN_OUTLINE && fields.length % 2 == 1) {
            return new StatedObject(name, new StatedShape.Drawn(new PolygonShape(List.of(new Ring(n)))), place);
        }
        throw new IllegalArgumentException(
                "it has %d fields instead of \"class cx cy w h\" or \"class x1 y1 x2 y2 x3 y3 …\""
                        .formatted(fields.length));
    }

    private static List<Keypoint> keypoints(List<Double> n) {
        int dimensions = n.size() % 3 == 0 ? 3 : 2;
        List<Keypoint> points = new ArrayList<>();
        for (int i = 0; i + dimensions <= n.size(); i += dimensions) {
            int visibility = dimensions == 3 ? n.get(i + 2).intValue() : 2;
            points.add(new Keypoint("", n.get(i), n.get(i + 1), Keypoint.Visibility.of(visibility)));
        }
        return points;
    }

    /** Whether a line has four corners whose diagonals are about equal and have about the same middle. */
    static boolean isRectangle(String[] fields) {
        if (fields.length != CORNERS) {
            return false;
        }
        double[] n =
                Arrays.stream(fields).skip(1).mapToDouble(YoloLabels::number).toArray();
        double one = Math.hypot(n[4] - n[0], n[5] - n[1]);
        double other = Math.hypot(n[6] - n[2], n[7] - n[3]);
        double apart = Math.hypot(n[0] + n[4] - n[2] - n[6], n[1] + n[5] - n[3] - n[7]);
        // shares of edges of different length skew right angles, so that only the middle is compared strictly
        return one > 0 && apart <= RIGHT_ANGLE * one && other / one > 0.5 && other / one < 2;
    }
}
