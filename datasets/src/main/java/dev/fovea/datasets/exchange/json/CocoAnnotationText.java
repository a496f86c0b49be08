package dev.fovea.datasets.exchange.json;

import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.Keypoint;
import dev.fovea.datasets.annotation.ObjectFlag;
import dev.fovea.datasets.annotation.Shape.BoxShape;
import dev.fovea.datasets.annotation.Shape.MaskShape;
import dev.fovea.datasets.annotation.Shape.PolygonShape;
import dev.fovea.datasets.annotation.Shape.Ring;
import dev.fovea.datasets.annotation.Shape.RotatedBoxShape;
import dev.fovea.datasets.exchange.shapes.Extents;
import dev.fovea.datasets.exchange.shapes.Rings;
import dev.fovea.datasets.exchange.shapes.RotatedCorners;
import dev.fovea.imaging.ImageSize;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** The fields of a COCO annotation after its ids. */
final class CocoAnnotationText {

    private CocoAnnotationText() {}

    static void write(JsonGenerator json, AnnotatedObject object, ImageSize size) {
        BoxShape box = Extents.of(object.shape());
        numbers(json, "bbox", List.of(box.x(), box.y(), box.width(), box.height()));
        json.writeNumberProperty("area", area(object, box));
        json.writeNumberProperty("iscrowd", object.flags().contains(ObjectFlag.CROWD) ? 1 : 0);
        switch (object.shape()) {
            case BoxShape plain -> rings(json, "segmentation", List.of());
            case RotatedBoxShape rotated -> {
                rings(json, "segmentation", List.of(new Ring(RotatedCorners.of(rotated))));
                numbers(
                        json,
                        "rotated_box",
                        List.of(
                                rotated.centreX(),
                                rotated.centreY(),
                                rotated.width(),
                                rotated.height(),
                                rotated.degrees()));
            }
            case PolygonShape polygon -> {
                if (Rings.hasHoles(polygon)) {
                    mask(json, "segmentation", MaskShape.of(Rings.mask(polygon, size)));
                    rings(json, "polygon", polygon.rings());
                } else {
                    rings(json, "segmentation", polygon.rings());
                }
            }
            case MaskShape mask -> mask(json, "segmentation", mask);
        }
        attributes(json, object);
        keypoints(json, object.keypoints());
    }

    private static double area(AnnotatedObject object, BoxShape box) {
        return switch (object.shape()) {
            case BoxShape plain -> box.width() * box.height();
            case RotatedBoxShape rotated -> rotated.width() * rotated.height();
            case PolygonShape polygon -> Rings.area(polygon);
            case MaskShape mask -> mask.mask().area();
        };
    }

    private static void attributes(JsonGenerator json, AnnotatedObject object) {
        boolean isFlagged = object.flags().stream().anyMatch(flag -> flag != ObjectFlag.CROWD);
        if (object.attributes().isEmpty() && !isFlagged) {
            return;
        }
        json.writeObjectPropertyStart("attributes");
        object.attributes().forEach(json::writeStringProperty);
        for (ObjectFlag flag : object.flags()) {
            if (flag != ObjectFlag.CROWD) {
                json.writeBooleanProperty(flag.name().toLowerCase(java.util.Locale.ROOT), true);
            }
        }
        json.writeEndObject();
    }

    private static void keypoints(JsonGenerator json, List<Keypoint> points) {
        if (points.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("keypoints");
        for (Keypoint point : points) {
            json.writeNumber(point.x());
            json.writeNumber(point.y());
            json.writeNumber(point.visibility().number());
        }
        json.writeEndArray();
        json.writeNumberProperty("num_keypoints", (int) points.stream()
                .filter(point -> point.visibility() != Keypoint.Visibility.UNLABELLED)
                .count());
    }

    private static void mask(JsonGenerator json, String name, MaskShape mask) {
        json.writeObjectPropertyStart(name);
        json.writeArrayPropertyStart("size");
        json.writeNumber(mask.size().height());
        json.writeNumber(mask.size().width());
        json.writeEndArray();
        json.writeStringProperty("counts", mask.counts());
        json.writeEndObject();
    }

    private static void rings(JsonGenerator json, String name, List<Ring> rings) {
        json.writeArrayPropertyStart(name);
        for (Ring ring : rings) {
            json.writeStartArray();
            ring.coordinates().forEach(json::writeNumber);
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    private static void numbers(JsonGenerator json, String name, List<Double> numbers) {
        json.writeArrayPropertyStart(name);
        numbers.forEach(json::writeNumber);
        json.writeEndArray();
    }
}
