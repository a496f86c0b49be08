package dev.fovea.datasets.exchange.json;

import dev.fovea.datasets.ClassName;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.Shape.MaskShape;
import dev.fovea.datasets.annotation.Shape.PolygonShape;
import dev.fovea.datasets.annotation.Shape.Ring;
import dev.fovea.datasets.annotation.Shape.RotatedBoxShape;
import dev.fovea.datasets.exchange.model.BoxReading;
import dev.fovea.datasets.exchange.model.ReadFault;
import dev.fovea.datasets.exchange.reading.FindingCounter;
import dev.fovea.datasets.exchange.reading.StatedFrame;
import dev.fovea.datasets.exchange.reading.StatedLabels;
import dev.fovea.datasets.exchange.reading.StatedObject;
import dev.fovea.datasets.exchange.reading.StatedShape;
import dev.fovea.datasets.exchange.reading.TextPlace;
import dev.fovea.datasets.exchange.shapes.RowRuns;
import dev.fovea.imaging.ImageSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The regions of one task: percent of the image's edges, which the task states; rectangles are turned clockwise around
 * their upper left corner.
 */
final class LabelStudioResults {

    private final boolean isOfWholeImages;
    private final TextPlace place;
    private final FindingCounter findings;
    private final int width;
    private final int height;

    LabelStudioResults(JsonNode task, boolean isOfWholeImages, TextPlace place, FindingCounter findings) {
        this.isOfWholeImages = isOfWholeImages;
        this.place = place;
        this.findings = findings;
        Optional<JsonNode> sized = Stream.of("annotations", "predictions")
                .flatMap(list -> task.path(list).valueStream())
                .flatMap(each -> each.path("result").valueStream())
                .filter(result -> result.path("original_width").asInt(0) > 0
                        && result.path("original_height").asInt(0) > 0)
                .findFirst();
        this.width = sized.map(result -> result.path("original_width").asInt()).orElse(0);
        this.height =
                sized.map(result -> result.path("original_height").asInt()).orElse(0);
    }

    StatedFrame frame() {
        return width > 0 ? StatedFrame.pixels(width, height) : StatedFrame.SHARES;
    }

    StatedLabels labels(JsonNode annotation) {
        if (isOfWholeImages) {
            List<String> classes = new ArrayList<>();
            annotation
                    .path("result")
                    .forEach(result -> result.path("value")
                            .path("choices")
                            .forEach(choice -> classes.add(ClassName.of(choice.asString(""), place.toString()))));
            return new StatedLabels.OfImage(new ClassLabels(classes, Map.of()));
        }
        List<StatedObject> objects = new ArrayList<>();
        for (JsonNode result : annotation.path("result")) {
            String type = result.path("type").asString("");
            try {
                shape(type, result.path("value"))
                        .ifPresentOrElse(
                                shape -> objects.add(object(result, type, shape)),
                                () -> findings.add(ReadFault.UNSUPPORTED, place, "a result of the type " + type));
            } catch (IllegalArgumentException e) {
                findings.add(ReadFault.OBJECT_INVALID, place, String.valueOf(e.getMessage()));
            }
        }
        return new StatedLabels.OfObjects(objects);
    }

    private StatedObject object(JsonNode result, String type, StatedShape shape) {
        Map<String, String> attributes = new TreeMap<>();
        result.path("meta").path("text").forEach(line -> {
            String[] pair = line.asString("").split("=", 2);
            attributes.put(pair[0], pair.length == 2 ? pair[1] : "");
        });
        String name = result.path("value").path(type).path(0).asString("");
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a region without a label");
        }
        return new StatedObject(ClassName.of(name, place.toString()), shape, attributes, Set.of(), List.of(), place);
    }

    private double x(double percent) {
        return percent / 100 * (width > 0 ? width : 1);
    }

    private double y(double percent) {
        return percent / 100 * (height > 0 ? height : 1);
    }

    private static double number(JsonNode value, String name) {
        if (!value.path(name).isNumber()) {
            throw new IllegalArgumentException("\"%s\" must be a number of percent".formatted(name));
        }
        return value.path(name).asDouble();
    }

    private Optional<StatedShape> shape(String type, JsonNode value) {
        return switch (type) {
            case "rectanglelabels" -> Optional.of(rectangle(value));
            case "polygonlabels" -> Optional.of(polygon(value));
            case "brushlabels" -> Optional.of(brush(value));
            default -> Optional.empty();
        };
    }

    private StatedShape rectangle(JsonNode value) {
        double x = x(number(value, "x"));
        double y = y(number(value, "y"));
        double w = x(number(value, "width"));
        double h = y(number(value, "height"));
        double degrees = value.path("rotation").asDouble(0);
        if (degrees == 0) {
            return new StatedShape.FourNumbers(x, y, w, h, BoxReading.XYWH);
        }
        double angle = Math.toRadians(degrees);
        double centreX = x + Math.cos(angle) * w / 2 - Math.sin(angle) * h / 2;
        double centreY = y + Math.sin(angle) * w / 2 + Math.cos(angle) * h / 2;
        return new StatedShape.Drawn(
                new RotatedBoxShape(centreX, centreY, w, h, degrees > 180 ? degrees - 360 : degrees));
    }

    private StatedShape polygon(JsonNode value) {
        List<Double> coordinates = new ArrayList<>();
        value.path("points").forEach(point -> {
            List<Double> at = CocoFields.numbers(point, 2);
            coordinates.add(x(at.get(0)));
            coordinates.add(y(at.get(1)));
        });
        return new StatedShape.Drawn(new PolygonShape(List.of(new Ring(coordinates))));
    }

    private StatedShape brush(JsonNode value) {
        if (width == 0) {
            throw new IllegalArgumentException("a brush on an image without original_width and original_height");
        }
        List<Integer> bytes = new ArrayList<>();
        value.path("rle").forEach(each -> bytes.add(each.asInt()));
        ImageSize size = new ImageSize(width, height);
        return new StatedShape.Drawn(
                MaskShape.of(RowRuns.mask(size, BrushRuns.decode(bytes, Math.multiplyExact(width, height)))));
    }
}
