package dev.fovea.datasets.exchange.json;

import dev.fovea.datasets.annotation.Keypoint;
import dev.fovea.datasets.annotation.ObjectFlag;
import dev.fovea.datasets.annotation.Shape.MaskShape;
import dev.fovea.datasets.annotation.Shape.PolygonShape;
import dev.fovea.datasets.annotation.Shape.Ring;
import dev.fovea.datasets.annotation.Shape.RotatedBoxShape;
import dev.fovea.datasets.exchange.model.BoxReading;
import dev.fovea.datasets.exchange.model.ExchangeClass;
import dev.fovea.datasets.exchange.model.ExchangeClass.Skeleton;
import dev.fovea.datasets.exchange.reading.StatedObject;
import dev.fovea.datasets.exchange.reading.StatedShape;
import dev.fovea.datasets.exchange.reading.TextPlace;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.geometry.Mask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * One COCO annotation. A polygon with holes and a rotated box are in fields of their own ({@code polygon},
 * {@code rotated_box}), beside the segmentation that other readers know. Source: cocodataset.org, format-data.
 */
final class CocoFields {

    private CocoFields() {}

    /** The object; {@code IllegalArgumentException} when it is none. */
    static StatedObject object(JsonNode node, ExchangeClass category, TextPlace place) {
        Map<String, String> attributes = new TreeMap<>();
        node.path("attributes")
                .properties()
                .forEach(each -> attributes.put(each.getKey(), each.getValue().asString("")));
        boolean isCrowd =
                node.path("iscrowd").asInt(0) == 1 || node.path("iscrowd").asBoolean(false);
        return new StatedObject(
                category.name(),
                shape(node),
                attributes,
                isCrowd ? Set.of(ObjectFlag.CROWD) : Set.of(),
                keypoints(node.path("keypoints"), category.skeleton().map(Skeleton::points)),
                place);
    }

    private static StatedShape shape(JsonNode node) {
        if (node.has("rotated_box")) {
            List<Double> n = numbers(node.path("rotated_box"), 5);
            return new StatedShape.Drawn(new RotatedBoxShape(n.get(0), n.get(1), n.get(2), n.get(3), n.get(4)));
        }
        JsonNode outline = node.has("polygon") ? node.path("polygon") : node.path("segmentation");
        if (outline.isObject()) {
            return new StatedShape.Drawn(mask(outline));
        }
        if (outline.isArray() && !outline.isEmpty()) {
            List<Ring> rings = new ArrayList<>();
            outline.forEach(ring -> rings.add(new Ring(numbers(ring, ring.size()))));
            return new StatedShape.Drawn(new PolygonShape(rings));
        }
        if (!node.path("bbox").isArray()) {
            throw new IllegalArgumentException("it has neither bbox nor segmentation");
        }
        List<Double> n = numbers(node.path("bbox"), 4);
        return new StatedShape.FourNumbers(n.get(0), n.get(1), n.get(2), n.get(3), BoxReading.XYWH);
    }

    /** Compressed or plain run lengths; {@code size} is height, width. */
    static MaskShape mask(JsonNode node) {
        List<Double> size = numbers(node.path("size"), 2);
        ImageSize image = new ImageSize(size.get(1).intValue(), size.get(0).intValue());
        JsonNode counts = node.path("counts");
        if (counts.isString()) {
            return MaskShape.of(Mask.ofCompressed(image, counts.asString()));
        }
        List<Integer> runs = new ArrayList<>();
        counts.forEach(run -> runs.add(run.asInt()));
        return MaskShape.of(Mask.of(image, runs));
    }

    static List<Double> numbers(JsonNode node, int count) {
        List<Double> numbers = new ArrayList<>(count);
        node.forEach(each -> numbers.add(each.isNumber() ? each.asDouble() : Double.NaN));
        if (numbers.size() != count || !node.isArray()) {
            throw new IllegalArgumentException("%s must be a list of %d numbers".formatted(node, count));
        }
        return numbers;
    }

    private static List<Keypoint> keypoints(JsonNode node, Optional<List<String>> names) {
        List<Keypoint> points = new ArrayList<>();
        for (int i = 0; i + 2 < node.size(); i += 3) {
            int index = i / 3;
            int visibility = node.path(i + 2).asInt(0);
            points.add(new Keypoint(
                    names.filter(list -> index < list.size())
                            .map(list -> list.get(index))
                            .orElse(""),
                    node.path(i).asDouble(),
                    node.path(i + 1).asDouble(),
                    Keypoint.Visibility.of(visibility)));
        }
        return points;
    }
}
