package dev.fovea.labels.studio;

import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.annotation.Shape;
import dev.fovea.datasets.annotation.Shape.BoxShape;
import dev.fovea.datasets.annotation.Shape.PolygonShape;
import dev.fovea.datasets.annotation.Shape.Ring;
import dev.fovea.datasets.annotation.Shape.RotatedBoxShape;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageSize;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * Annotations as the regions of Label Studio: percent of the upright image's edges; rectangles are turned clockwise
 * around their upper left corner. Masks are not passed on. Pure.
 */
public final class StudioRegions {

    private StudioRegions() {}

    /** An annotation as the results of a control; what the control cannot say is left out. */
    public static List<Map<String, Object>> write(AnnotationValue value, StudioConfig config, ImageSize size) {
        return switch (value) {
            case ClassLabels labels ->
                config.type().equals("choices")
                        ? List.of(result(config, Map.of("choices", labels.classes()), Optional.empty()))
                        : List.of();
            case ObjectLabels labels ->
                labels.objects().stream()
                        .flatMap(object -> region(object, config.type(), size).stream())
                        .map(region -> result(config, region, Optional.of(size)))
                        .toList();
        };
    }

    private static Map<String, Object> result(
            StudioConfig config, Map<String, Object> value, Optional<ImageSize> size) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("from_name", config.fromName());
        result.put("to_name", config.toName());
        result.put("type", config.type());
        size.ifPresent(pixels -> {
            result.put("original_width", pixels.width());
            result.put("original_height", pixels.height());
            result.put("image_rotation", 0);
        });
        result.put("value", value);
        return result;
    }

    private static Optional<Map<String, Object>> region(AnnotatedObject object, String type, ImageSize size) {
        Map<String, Object> value = new LinkedHashMap<>();
        double x = 100.0 / size.width();
        double y = 100.0 / size.height();
        if (object.shape() instanceof BoxShape box && type.equals("rectanglelabels")) {
            rectangle(value, box.x() * x, box.y() * y, box.width() * x, box.height() * y, 0);
        } else if (object.shape() instanceof RotatedBoxShape box && type.equals("rectanglelabels")) {
            double angle = Math.toRadians(box.degrees());
            double left = box.centreX() - Math.cos(angle) * box.width() / 2 + Math.sin(angle) * box.height() / 2;
            double top = box.centreY() - Math.sin(angle) * box.width() / 2 - Math.cos(angle) * box.height() / 2;
            rectangle(value, left * x, top * y, box.width() * x, box.height() * y, box.degrees());
        } else if (object.shape() instanceof PolygonShape polygon && type.equals("polygonlabels")) {
            List<Double> ring = polygon.rings().getFirst().coordinates();
            value.put(
                    "points",
                    IntStream.range(0, ring.size() / 2)
                            .mapToObj(i -> List.of(ring.get(2 * i) * x, ring.get(2 * i + 1) * y))
                            .toList());
        } else {
            return Optional.empty();
        }
        value.put(type, List.of(object.name()));
        return Optional.of(value);
    }

    private static void rectangle(
            Map<String, Object> value, double x, double y, double width, double height, double rotation) {
        value.put("x", x);
        value.put("y", y);
        value.put("width", width);
        value.put("height", height);
        value.put("rotation", rotation);
    }

    /**
     * Results as an annotation; results of other types, such as texts, are left out.
     *
     * @param wholeImages whether the data set's annotations are of whole images
     * @throws FoveaException {@code ANNOTATION_INVALID} for a region without numbers
     */
    public static AnnotationValue read(JsonNode results, boolean wholeImages, ImageSize size) {
        List<String> classes = new ArrayList<>();
        List<AnnotatedObject> objects = new ArrayList<>();
        for (JsonNode result : results) {
            JsonNode value = result.path("value");
            String type = result.path("type").asString("");
            value.path("choices").forEach(choice -> classes.add(choice.asString("")));
            try {
                shape(type, value, size)
                        .ifPresent(shape -> objects.add(
                                new AnnotatedObject(value.path(type).path(0).asString(""), shape)));
            } catch (IllegalArgumentException e) {
                throw new FoveaException(
                        ErrorCode.ANNOTATION_INVALID,
                        "Label Studio sent a region with %s.".formatted(e.getMessage()),
                        e);
            }
        }
        return wholeImages ? new ClassLabels(classes, Map.of()) : new ObjectLabels(objects);
    }

    private static Optional<Shape> shape(String type, JsonNode value, ImageSize size) {
        double x = size.width() / 100.0;
        double y = size.height() / 100.0;
        return switch (type) {
            case "rectanglelabels" -> Optional.of(rectangle(value, x, y));
            case "polygonlabels" -> {
                List<Double> ring = new ArrayList<>();
                value.path("points").forEach(point -> {
                    ring.add(point.path(0).asDouble(Double.NaN) * x);
                    ring.add(point.path(1).asDouble(Double.NaN) * y);
                });
                yield Optional.of(new PolygonShape(List.of(new Ring(ring))));
            }
            default -> Optional.empty();
        };
    }

    private static Shape rectangle(JsonNode value, double x, double y) {
        double left = number(value, "x") * x;
        double top = number(value, "y") * y;
        double width = number(value, "width") * x;
        double height = number(value, "height") * y;
        double degrees = value.path("rotation").asDouble(0);
        double angle = Math.toRadians(degrees);
        return degrees == 0
                ? new BoxShape(left, top, width, height)
                : new RotatedBoxShape(
                        left + Math.cos(angle) * width / 2 - Math.sin(angle) * height / 2,
                        top + Math.sin(angle) * width / 2 + Math.cos(angle) * height / 2,
                        width,
                        height,
                        degrees > 180 ? degrees - 360 : degrees);
    }

    private static double number(JsonNode value, String name) {
        return value.path(name).asDouble(Double.NaN);
    }
}
