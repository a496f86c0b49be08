package dev.fovea.datasets.annotation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.Nulls;
import dev.fovea.datasets.annotation.Shape.BoxShape;
import dev.fovea.datasets.annotation.Shape.MaskShape;
import dev.fovea.datasets.annotation.Shape.PolygonShape;
import dev.fovea.datasets.annotation.Shape.Ring;
import dev.fovea.datasets.annotation.Shape.RotatedBoxShape;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import dev.fovea.imaging.ImageSize;
import dev.fovea.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Annotations as JSON: {@code {"classes":["cat"]}}, or {@code {"objects":[{"class":"cat","box":[x,y,width,height]}]}}.
 * An object has one of {@code box}, {@code rotated_box} ({@code [centre x, centre y, width, height, degrees]}),
 * {@code polygon} (one list of numbers for each ring) and {@code mask}. Equal annotations give equal text, so that it
 * may be hashed.
 */
public final class AnnotationJson {

    private static final Json JSON = Json.of("annotation", ErrorCode.ANNOTATION_INVALID);

    @JsonPropertyOrder({"classes", "weights", "objects"})
    private record Value(
            Optional<List<String>> classes,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            Map<String, Double> weights,

            Optional<List<Thing>> objects) {
        private Value {
            classes = optional(classes);
            objects = optional(objects);
        }
    }

    @JsonPropertyOrder({"class", "box", "rotated_box", "polygon", "mask", "attributes", "flags", "keypoints"})
    private record Thing(
            @JsonProperty("class") String name,
            @JsonUnwrapped Place place,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            Map<String, String> attributes,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            Set<ObjectFlag> flags,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            List<Keypoint> keypoints) {}

    private record Place(
            Optional<List<Double>> box,
            Optional<List<Double>> rotatedBox,
            Optional<List<List<Double>>> polygon,
            Optional<Pixels> mask) {
        private Place {
            box = optional(box);
            rotatedBox = optional(rotatedBox);
            polygon = optional(polygon);
            mask = optional(mask);
        }
    }

    private record Pixels(int width, int height, String counts) {}

    private AnnotationJson() {}

    /** The canonical text of a value, on one line. */
    public static String write(AnnotationValue value) {
        return JSON.write(
                switch (value) {
                    case ClassLabels labels ->
                        new Value(Optional.of(labels.classes()), labels.weights(), Optional.empty());
                    case ObjectLabels labels ->
                        new Value(
                                Optional.empty(),
                                Map.of(),
                                Optional.of(labels.objects().stream()
                                        .map(AnnotationJson::written)
                                        .toList()));
                });
    }

    /** Reads a value; {@code ANNOTATION_INVALID} with the path of what is wrong. */
    public static AnnotationValue read(String json) {
        return read(json, "annotation");
    }

    /** The same for a value that messages call by its place, such as a file and a line. */
    public static AnnotationValue read(String json, String place) {
        Value value = JSON.named(place).read(json, Value.class);
        if (value.classes().isPresent() == value.objects().isPresent()) {
            throw invalid(place, "must have either \"classes\" or \"objects\"");
        }
        try {
            return value.classes()
                    .<AnnotationValue>map(classes -> new ClassLabels(classes, value.weights()))
                    .orElseGet(() -> new ObjectLabels(value.objects().orElseThrow().stream()
                            .map(thing -> read(thing, place))
                            .toList()));
        } catch (IllegalArgumentException e) {
            throw new FoveaException(
                    ErrorCode.ANNOTATION_INVALID, "%s: %s. Correct it.".formatted(place, e.getMessage()), e);
        }
    }

    private static AnnotatedObject read(Thing thing, String place) {
        return new AnnotatedObject(
                thing.name(), shape(thing, place), thing.attributes(), thing.flags(), thing.keypoints());
    }

    private static Shape shape(Thing thing, String place) {
        Place stated = thing.place();
        List<Shape> shapes = Stream.of(
                        stated.box().map(box -> box(numbers(box, 4, place))),
                        stated.rotatedBox().map(box -> rotatedBox(numbers(box, 5, place))),
                        stated.polygon().map(AnnotationJson::polygon),
                        stated.mask().map(AnnotationJson::mask))
                .flatMap(Optional::stream)
                .toList();
        if (shapes.size() != 1) {
            throw invalid(
                    place,
                    "has an object \"%s\" that needs one of box, rotated_box, polygon and mask"
                            .formatted(Printable.brief(thing.name())));
        }
        return shapes.getFirst();
    }

    private static Shape box(double[] numbers) {
        return new BoxShape(numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    private static Shape rotatedBox(double[] numbers) {
        return new RotatedBoxShape(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    }

    private static Shape polygon(List<List<Double>> rings) {
        return new PolygonShape(rings.stream().map(Ring::new).toList());
    }

    private static Shape mask(Pixels pixels) {
        MaskShape mask = new MaskShape(new ImageSize(pixels.width(), pixels.height()), pixels.counts());
        return MaskShape.of(mask.mask());
    }

    private static double[] numbers(List<Double> list, int count, String place) {
        if (list.size() != count) {
            throw invalid(place, "has a box of %d numbers instead of %d".formatted(list.size(), count));
        }
        return list.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static Thing written(AnnotatedObject object) {
        return new Thing(object.name(), place(object.shape()), object.attributes(), object.flags(), object.keypoints());
    }

    private static Place place(Shape shape) {
        Optional<List<Double>> none = Optional.empty();
        return switch (shape) {
            case BoxShape box ->
                new Place(
                        Optional.of(List.of(box.x(), box.y(), box.width(), box.height())),
                        none,
                        Optional.empty(),
                        Optional.empty());
            case RotatedBoxShape box ->
                new Place(
                        none,
                        Optional.of(List.of(box.centreX(), box.centreY(), box.width(), box.height(), box.degrees())),
                        Optional.empty(),
                        Optional.empty());
            case PolygonShape polygon ->
                new Place(
                        none,
                        none,
                        Optional.of(
                                polygon.rings().stream().map(Ring::coordinates).toList()),
                        Optional.empty());
            case MaskShape mask ->
                new Place(
                        none,
                        none,
                        Optional.empty(),
                        Optional.of(new Pixels(mask.size().width(), mask.size().height(), mask.counts())));
        };
    }

    /** A component that the document leaves out is null before it is bound. */
    private static <T> Optional<T> optional(Optional<T> stated) {
        return stated == null ? Optional.empty() : stated;
    }

    private static FoveaException invalid(String place, String fault) {
        return new FoveaException(ErrorCode.ANNOTATION_INVALID, "%s %s. Correct it.".formatted(place, fault));
    }
}
