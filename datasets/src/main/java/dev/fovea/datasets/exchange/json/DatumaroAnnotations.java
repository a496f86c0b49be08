package dev.fovea.datasets.exchange.json;

import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.Keypoint;
import dev.fovea.datasets.annotation.Shape.PolygonShape;
import dev.fovea.datasets.annotation.Shape.Ring;
import dev.fovea.datasets.exchange.model.BoxReading;
import dev.fovea.datasets.exchange.model.ExchangeClass;
import dev.fovea.datasets.exchange.model.ExchangeClass.Skeleton;
import dev.fovea.datasets.exchange.model.ReadFault;
import dev.fovea.datasets.exchange.reading.FindingCounter;
import dev.fovea.datasets.exchange.reading.StatedLabels;
import dev.fovea.datasets.exchange.reading.StatedObject;
import dev.fovea.datasets.exchange.reading.StatedShape;
import dev.fovea.datasets.exchange.reading.TextPlace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The annotations of one item. Those of one group and label are one object: its polygons are its parts, its points the
 * key points, and a box beside an outline is the outline's.
 */
final class DatumaroAnnotations {

    private final List<ExchangeClass> classes;
    private final boolean isOfWholeImages;
    private final TextPlace place;
    private final FindingCounter findings;

    DatumaroAnnotations(
            List<ExchangeClass> classes, boolean isOfWholeImages, TextPlace place, FindingCounter findings) {
        this.classes = classes;
        this.isOfWholeImages = isOfWholeImages;
        this.place = place;
        this.findings = findings;
    }

    StatedLabels labels(JsonNode annotations) {
        if (isOfWholeImages) {
            return whole(annotations);
        }
        Map<String, List<JsonNode>> groups = new LinkedHashMap<>();
        int single = 0;
        for (JsonNode each : annotations) {
            int group = each.path("group").asInt(0);
            String key = group == 0
                    ? "single " + single++
                    : group + " " + each.path("label_id").asInt(-1);
            groups.computeIfAbsent(key, absent -> new ArrayList<>()).add(each);
        }
        List<StatedObject> objects = new ArrayList<>();
        groups.values().forEach(parts -> object(parts).ifPresent(objects::add));
        return new StatedLabels.OfObjects(objects);
    }

    private StatedLabels whole(JsonNode annotations) {
        List<String> names = new ArrayList<>();
        Map<String, Double> weights = new TreeMap<>();
        for (JsonNode each : annotations) {
            Optional<ExchangeClass> named = label(each);
            JsonNode attributes = each.path("attributes");
            if (named.isPresent()) {
                if (!attributes.path("only_weight").asBoolean(false)) {
                    names.add(named.get().name());
                }
                double weight = attributes.path("weight").asDouble(-1);
                if (weight >= 0 && weight <= 1) {
                    weights.put(named.get().name(), weight);
                }
            }
        }
        return new StatedLabels.OfImage(new ClassLabels(names, weights));
    }

    private Optional<ExchangeClass> label(JsonNode annotation) {
        int id = annotation.path("label_id").asInt(-1);
        if (id < 0 || id >= classes.size()) {
            findings.add(
                    ReadFault.CLASS_UNKNOWN,
                    place,
                    "label_id is %s, and the labels are 0 to %d"
                            .formatted(annotation.path("label_id"), classes.size() - 1));
            return Optional.empty();
        }
        return Optional.of(classes.get(id));
    }

    private Optional<StatedObject> object(List<JsonNode> parts) {
        JsonNode first = parts.getFirst();
        try {
            Optional<ExchangeClass> label = label(first);
            Optional<StatedShape> shape = label.isEmpty() ? Optional.empty() : shape(parts);
            if (label.isPresent() && shape.isEmpty()) {
                findings.add(
                        ReadFault.UNSUPPORTED,
                        place,
                        "an annotation of the type " + first.path("type").asString(""));
            }
            return shape.map(found -> new StatedObject(
                    label.orElseThrow().name(),
                    found,
                    attributes(first),
                    Set.of(),
                    keypoints(
                            parts,
                            label.orElseThrow().skeleton().map(Skeleton::points).orElse(List.of())),
                    place));
        } catch (IllegalArgumentException e) {
            findings.add(ReadFault.OBJECT_INVALID, place, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static Map<String, String> attributes(JsonNode annotation) {
        Map<String, String> attributes = new TreeMap<>();
        annotation
                .path("attributes")
                .properties()
                .forEach(each -> attributes.put(each.getKey(), each.getValue().asString("")));
        return attributes;
    }

    private static List<JsonNode> of(List<JsonNode> parts, String type) {
        return parts.stream()
                .filter(part -> part.path("type").asString("").equals(type))
                .toList();
    }

    private static List<Double> numbers(JsonNode list) {
        return CocoFields.numbers(list, list.size());
    }

    private static Optional<StatedShape> shape(List<JsonNode> parts) {
        List<JsonNode> polygons = of(parts, "polygon");
        if (!polygons.isEmpty()) {
            return Optional.of(new StatedShape.Drawn(new PolygonShape(polygons.stream()
                    .map(part -> new Ring(numbers(part.path("points"))))
                    .toList())));
        }
        List<JsonNode> masks = of(parts, "mask");
        if (!masks.isEmpty()) {
            return Optional.of(
                    new StatedShape.Drawn(CocoFields.mask(masks.getFirst().path("rle"))));
        }
        return of(parts, "bbox").stream().findFirst().map(part -> {
            List<Double> n = CocoFields.numbers(part.path("bbox"), 4);
            return new StatedShape.FourNumbers(n.get(0), n.get(1), n.get(2), n.get(3), BoxReading.XYWH);
        });
    }

    private static List<Keypoint> keypoints(List<JsonNode> parts, List<String> names) {
        List<Keypoint> points = new ArrayList<>();
        for (JsonNode part : of(parts, "points")) {
            List<Double> n = numbers(part.path("points"));
            for (int i = 0; i + 1 < n.size(); i += 2) {
                int index = i / 2;
                int visibility = part.path("visibility").path(index).asInt(2);
                points.add(new Keypoint(
                        index < names.size() ? names.get(index) : "",
                        n.get(i),
                        n.get(i + 1),
                        Keypoint.Visibility.of(visibility)));
            }
        }
        return points;
    }
}
