package dev.fovea.datasets.exchange;

import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.annotation.Keypoint;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.annotation.Shape;
import dev.fovea.datasets.annotation.Shape.BoxShape;
import dev.fovea.datasets.annotation.Shape.MaskShape;
import dev.fovea.datasets.annotation.Shape.PolygonShape;
import dev.fovea.datasets.annotation.Shape.Ring;
import dev.fovea.datasets.annotation.Shape.RotatedBoxShape;
import dev.fovea.datasets.exchange.model.ExchangeFeature;
import dev.fovea.datasets.exchange.model.ExchangeFormat;
import dev.fovea.datasets.exchange.model.ExchangeHeader;
import dev.fovea.datasets.exchange.model.ExchangeReading;
import dev.fovea.datasets.exchange.model.ExchangedImage;
import dev.fovea.datasets.exchange.model.Loss;
import dev.fovea.datasets.exchange.model.ReadFinding;
import dev.fovea.datasets.exchange.model.ReadOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a data set, reads it back and tells the differences, but for what was listed as lost.
 *
 * @param lost the features that the format cannot say and the data does
 * @param differences each a sentence
 * @param findings of reading
 */
record RoundTrip(Set<ExchangeFeature> lost, List<String> differences, List<ReadFinding> findings) {

    private static final double RELATIVE = 1e-6;
    private static final EnumSet<ExchangeFeature> SHAPES = EnumSet.of(
            ExchangeFeature.BOXES, ExchangeFeature.ROTATED_BOXES, ExchangeFeature.POLYGONS, ExchangeFeature.MASKS);

    static RoundTrip of(ExchangeFormat format, ExchangeHeader header, List<ExchangedImage> images, Path folder) {
        Set<ExchangeFeature> lost = EnumSet.noneOf(ExchangeFeature.class);
        AnnotationFormats.losses(format, header, images.stream()).stream()
                .map(Loss::feature)
                .forEach(lost::add);
        AnnotationFormats.write(format, header, images.stream(), folder);
        ExchangeReading reading = AnnotationFormats.read(folder, ReadOptions.DEFAULT.withFormat(format));
        List<String> differences = new ArrayList<>();
        if (AnnotationFormats.recognise(folder, ReadOptions.DEFAULT)
                .filter(format::equals)
                .isEmpty()) {
            differences.add("recognised as " + AnnotationFormats.recognise(folder, ReadOptions.DEFAULT));
        }
        compare(header, reading.header(), lost, differences);
        Map<String, ExchangedImage> read = new HashMap<>();
        try (Stream<ExchangedImage> stream = reading.images()) {
            stream.forEach(image -> read.put(key(image), image));
        }
        for (ExchangedImage image : images) {
            boolean isLeftOut = format == ExchangeFormat.FOLDERS
                    && image.value().map(value -> value.classes().size() != 1).orElse(true);
            ExchangedImage back = read.remove(key(image));
            if (back != null) {
                compare(image, back, format, lost, differences);
            } else if (!isLeftOut) {
                differences.add(key(image) + " is missing");
            }
        }
        read.keySet().forEach(key -> differences.add(key + " was not written"));
        return new RoundTrip(lost, differences, reading.findings());
    }

    private static String key(ExchangedImage image) {
        return image.split() + " " + image.name();
    }

    private static void compare(
            ExchangeHeader one, ExchangeHeader other, Set<ExchangeFeature> lost, List<String> differences) {
        if (one.task() != other.task() && lost.stream().noneMatch(RoundTrip::decidesTask)) {
            differences.add("task %s became %s".formatted(one.task(), other.task()));
        }
        boolean isOrdered = !lost.contains(ExchangeFeature.CLASS_ORDER);
        boolean hasWords = !lost.contains(ExchangeFeature.DEFINITIONS) && !lost.contains(ExchangeFeature.SKELETONS);
        if (isOrdered
                && !(hasWords
                        ? one.classes().equals(other.classes())
                        : one.names().equals(other.names()))) {
            differences.add("classes %s became %s".formatted(one.classes(), other.classes()));
        }
    }

    private static boolean decidesTask(ExchangeFeature feature) {
        return SHAPES.contains(feature) || feature == ExchangeFeature.SEMANTIC;
    }

    /** Whether an object became several: parts and masks where a format has polygons of one part only. */
    private static boolean isTakenApart(AnnotatedObject object, Set<ExchangeFeature> lost, ExchangeFormat format) {
        return switch (object.shape()) {
            case BoxShape box -> false;
            case RotatedBoxShape box -> false;
            case PolygonShape polygon ->
                polygon.rings().size() > 1
                        && lost.contains(ExchangeFeature.POLYGON_PARTS)
                        && format == ExchangeFormat.YOLO_SEGMENT;
            case MaskShape mask -> lost.contains(ExchangeFeature.MASKS) && format == ExchangeFormat.YOLO_SEGMENT;
        };
    }

    private static void compare(
            ExchangedImage one,
            ExchangedImage other,
            ExchangeFormat format,
            Set<ExchangeFeature> lost,
            List<String> differences) {
        List<String> own = new ArrayList<>();
        same(own, "size", one.size(), other.size());
        if (!lost.contains(ExchangeFeature.TAGS)) {
            same(own, "tags", one.tags(), other.tags());
        }
        if (!lost.contains(ExchangeFeature.GROUPS)) {
            same(own, "group", one.group(), other.group());
        }
        if (!(lost.contains(ExchangeFeature.UNLABELLED) && one.value().isEmpty())) {
            value(own, one.value(), other.value(), format, lost);
        }
        if (!lost.contains(ExchangeFeature.PRE_FILLS)) {
            same(own, "pre-fills", one.preFills().size(), other.preFills().size());
            for (int i = 0; i < Math.min(one.preFills().size(), other.preFills().size()); i++) {
                same(
                        own,
                        "model",
                        one.preFills().get(i).model(),
                        other.preFills().get(i).model());
                value(
                        own,
                        Optional.of(one.preFills().get(i).value()),
                        Optional.of(other.preFills().get(i).value()),
                        format,
                        lost);
            }
        }
        own.forEach(each -> differences.add(key(one) + ": " + each));
    }

    private static void same(List<String> differences, String what, Object one, Object other) {
        if (!one.equals(other)) {
            differences.add("%s %s became %s".formatted(what, one, other));
        }
    }

    private static void value(
            List<String> differences,
            Optional<AnnotationValue> one,
            Optional<AnnotationValue> other,
            ExchangeFormat format,
            Set<ExchangeFeature> lost) {
        if (one.isPresent()
                && other.isPresent()
                && one.get() instanceof ObjectLabels(List<AnnotatedObject> a)
                && other.get() instanceof ObjectLabels(List<AnnotatedObject> b)) {
            if (a.stream().anyMatch(object -> isTakenApart(object, lost, format))) {
                return;
            }
            same(differences, "objects", a.size(), b.size());
            List<AnnotatedObject> left = ordered(a, format);
            List<AnnotatedObject> right = ordered(b, format);
            for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
                object(differences, left.get(i), right.get(i), lost);
            }
        } else if (lost.contains(ExchangeFeature.SOFT_LABELS)) {
            same(differences, "classes", one.map(AnnotationValue::classes), other.map(AnnotationValue::classes));
        } else {
            same(differences, "labels", one, other);
        }
    }

    /** Masks of classes have no order. */
    private static List<AnnotatedObject> ordered(List<AnnotatedObject> objects, ExchangeFormat format) {
        return format == ExchangeFormat.MASKS_PNG
                ? objects.stream()
                        .sorted(Comparator.comparing(AnnotatedObject::name))
                        .toList()
                : objects;
    }

    private static void object(
            List<String> differences, AnnotatedObject one, AnnotatedObject other, Set<ExchangeFeature> lost) {
        same(differences, "class", one.name(), other.name());
        if (!lost.contains(ExchangeFeature.ATTRIBUTES)) {
            same(differences, "attributes", one.attributes(), other.attributes());
        }
        same(
                differences,
                "flags",
                one.flags().stream()
                        .filter(flag -> !lost.contains(ExchangeFeature.valueOf(flag.name())))
                        .collect(Collectors.toSet()),
                other.flags());
        if (!lost.contains(ExchangeFeature.KEYPOINTS)) {
            same(
                    differences,
                    "key points",
                    one.keypoints().size(),
                    other.keypoints().size());
            for (int i = 0;
                    i < Math.min(one.keypoints().size(), other.keypoints().size());
                    i++) {
                Keypoint a = one.keypoints().get(i);
                Keypoint b = other.keypoints().get(i);
                same(differences, "visibility", a.visibility(), b.visibility());
                if (!near(List.of(a.x(), a.y()), List.of(b.x(), b.y()))) {
                    differences.add("%s became %s".formatted(a, b));
                }
            }
        }
        boolean isShapeLost = lost.contains(feature(one.shape()));
        boolean arePartsLost = one.shape() instanceof PolygonShape
                && (lost.contains(ExchangeFeature.POLYGON_HOLES) || lost.contains(ExchangeFeature.POLYGON_PARTS));
        if (!isShapeLost && !arePartsLost && !near(one.shape(), other.shape())) {
            differences.add("%s became %s".formatted(one.shape(), other.shape()));
        }
    }

    private static ExchangeFeature feature(Shape shape) {
        return switch (shape) {
            case BoxShape box -> ExchangeFeature.BOXES;
            case RotatedBoxShape box -> ExchangeFeature.ROTATED_BOXES;
            case PolygonShape polygon -> ExchangeFeature.POLYGONS;
            case MaskShape mask -> ExchangeFeature.MASKS;
        };
    }

    private static boolean near(Shape one, Shape other) {
        return one.getClass() == other.getClass()
                && switch (one) {
                    case MaskShape mask -> mask.equals(other);
                    case BoxShape box -> near(numbers(box), numbers(other));
                    case RotatedBoxShape box -> near(numbers(box), numbers(other));
                    case PolygonShape polygon -> near(numbers(polygon), numbers(other));
                };
    }

    private static List<Double> numbers(Shape shape) {
        return switch (shape) {
            case BoxShape box -> List.of(box.x(), box.y(), box.width(), box.height());
            case RotatedBoxShape box -> List.of(box.centreX(), box.centreY(), box.width(), box.height(), box.degrees());
            case PolygonShape polygon ->
                polygon.rings().stream()
                        .map(Ring::coordinates)
                        .flatMap(List::stream)
                        .toList();
            case MaskShape mask -> List.of();
        };
    }

    private static boolean near(List<Double> one, List<Double> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            double scale = Math.max(1, Math.max(Math.abs(one.get(i)), Math.abs(other.get(i))));
            if (Math.abs(one.get(i) - other.get(i)) > RELATIVE * scale) {
                return false;
            }
        }
        return true;
    }
}
