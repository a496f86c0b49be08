package dev.fovea.datasets.exchange.xml;

import dev.fovea.datasets.ClassName;
import dev.fovea.datasets.annotation.ObjectFlag;
import dev.fovea.datasets.annotation.Shape;
import dev.fovea.datasets.annotation.Shape.MaskShape;
import dev.fovea.datasets.annotation.Shape.PolygonShape;
import dev.fovea.datasets.annotation.Shape.Ring;
import dev.fovea.datasets.annotation.Shape.RotatedBoxShape;
import dev.fovea.datasets.exchange.model.BoxReading;
import dev.fovea.datasets.exchange.reading.StatedObject;
import dev.fovea.datasets.exchange.reading.StatedShape;
import dev.fovea.datasets.exchange.reading.TextPlace;
import dev.fovea.datasets.exchange.shapes.RowRuns;
import dev.fovea.datasets.formats.YoloLabels;
import dev.fovea.imaging.ImageSize;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Shapes of CVAT: boxes with a rotation around their centre, polygons, masks as runs of the rows of their box. Pure.
 */
final class CvatShapes {

    private CvatShapes() {}

    /** The object; empty for a kind that is not read; {@code IllegalArgumentException} when it is invalid. */
    static Optional<StatedObject> object(XmlElement each, Optional<ImageSize> size, TextPlace place) {
        Map<String, String> attributes = new TreeMap<>();
        each.all("attribute").forEach(one -> attributes.put(one.attribute("name"), one.text()));
        Optional<StatedShape> shape = switch (each.name()) {
            case "box" -> Optional.of(box(each));
            case "polygon" -> Optional.of(new StatedShape.Drawn(polygon(each)));
            case "mask" ->
                Optional.of(new StatedShape.Drawn(mask(
                        each,
                        size.orElseThrow(
                                () -> new IllegalArgumentException("a mask on an image without width and height")))));
            default -> Optional.empty();
        };
        return shape.map(found -> new StatedObject(
                ClassName.of(each.attribute("label"), place.toString()),
                found,
                attributes,
                each.attribute("occluded").equals("1") ? Set.of(ObjectFlag.OCCLUDED) : Set.of(),
                List.of(),
                place));
    }

    private static StatedShape box(XmlElement box) {
        double x1 = YoloLabels.number(box.attribute("xtl"));
        double y1 = YoloLabels.number(box.attribute("ytl"));
        double x2 = YoloLabels.number(box.attribute("xbr"));
        double y2 = YoloLabels.number(box.attribute("ybr"));
        String rotation = box.attribute("rotation");
        if (rotation.isEmpty()) {
            return new StatedShape.FourNumbers(x1, y1, x2, y2, BoxReading.XYXY);
        }
        double degrees = YoloLabels.number(rotation);
        return new StatedShape.Drawn(new RotatedBoxShape(
                (x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1, degrees > 180 ? degrees - 360 : degrees));
    }

    private static Shape polygon(XmlElement polygon) {
        return new PolygonShape(
                List.of(new Ring(Arrays.stream(polygon.attribute("points").split("[,;]"))
                        .map(String::strip)
                        .map(YoloLabels::number)
                        .toList())));
    }

    private static MaskShape mask(XmlElement mask, ImageSize size) {
        List<Integer> runs = Arrays.stream(mask.attribute("rle").split(","))
                .map(String::strip)
                .map(Integer::parseInt)
                .toList();
        return RowRuns.mask(
                size,
                Integer.parseInt(mask.attribute("left")),
                Integer.parseInt(mask.attribute("top")),
                Integer.parseInt(mask.attribute("width")),
                Integer.parseInt(mask.attribute("height")),
                runs);
    }
}
