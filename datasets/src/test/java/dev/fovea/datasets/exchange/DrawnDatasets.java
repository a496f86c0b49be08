package dev.fovea.datasets.exchange;

import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.AnnotatedObject;
import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.annotation.Keypoint;
import dev.fovea.datasets.annotation.ObjectFlag;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.annotation.Shape;
import dev.fovea.datasets.annotation.Shape.BoxShape;
import dev.fovea.datasets.annotation.Shape.MaskShape;
import dev.fovea.datasets.annotation.Shape.PolygonShape;
import dev.fovea.datasets.annotation.Shape.Ring;
import dev.fovea.datasets.annotation.Shape.RotatedBoxShape;
import dev.fovea.datasets.exchange.model.EncodedSource;
import dev.fovea.datasets.exchange.model.ExchangeClass;
import dev.fovea.datasets.exchange.model.ExchangeClass.Joint;
import dev.fovea.datasets.exchange.model.ExchangeClass.Skeleton;
import dev.fovea.datasets.exchange.model.ExchangeHeader;
import dev.fovea.datasets.exchange.model.ExchangedImage;
import dev.fovea.datasets.exchange.model.PreFill;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.geometry.Mask;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Data sets that say everything that their task can say: all orientations, odd names, all splits. */
final class DrawnDatasets {

    /** Names that separators, quotes, directions of writing and case may break. */
    static final List<String> NAMES =
            List.of("scratch", "a, b", "the \"big\" one", "🪲 beetle", "חיפושית", "it's; 50 % | x", "Été", "train/val");

    private static final Split[] SPLITS = {Split.TRAIN, Split.VALIDATION, Split.TEST, Split.UNASSIGNED};

    /** Task, classes and images. */
    record DrawnDataset(ExchangeHeader header, List<ExchangedImage> images) {}

    /** What the objects of a data set are. */
    enum Content {
        BOXES,
        ROTATED_BOXES,
        POLYGONS,
        PARTS_AND_HOLES,
        MASKS,
        SEMANTIC,
        EVERYTHING
    }

    private DrawnDatasets() {}

    static DrawnDataset whole(Path folder, ImageTask task) {
        List<ExchangedImage> images = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            List<String> classes = task == ImageTask.CLASSIFICATION
                    ? List.of(NAMES.get(i % NAMES.size()))
                    : NAMES.subList(i % 3, i % 3 + i % 4);
            AnnotationValue value = new ClassLabels(
                    classes, i % 5 == 4 && !classes.isEmpty() ? Map.of(classes.getFirst(), 0.625) : Map.of());
            images.add(image(folder, i, value));
        }
        return new DrawnDataset(header(task), images);
    }

    static DrawnDataset objects(Path folder, Content content) {
        Random random = new Random(7);
        List<ExchangedImage> images = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            List<AnnotatedObject> objects = new ArrayList<>();
            ImageSize size = size(i);
            int count = i % 6 == 5 ? 0 : 1 + i % 4;
            for (int k = 0; k < count; k++) {
                String name = NAMES.get((i + k) % NAMES.size());
                Shape shape = shape(content, size, random, k, count);
                objects.add(
                        content == Content.EVERYTHING
                                ? new AnnotatedObject(name, shape, attributes(k), flags(i + k), keypoints(name, k))
                                : new AnnotatedObject(name, shape));
            }
            images.add(image(folder, i, new ObjectLabels(objects)));
        }
        return new DrawnDataset(
                header(
                        switch (content) {
                            case BOXES, ROTATED_BOXES -> ImageTask.DETECTION;
                            case POLYGONS, PARTS_AND_HOLES, MASKS, EVERYTHING -> ImageTask.INSTANCE_SEGMENTATION;
                            case SEMANTIC -> ImageTask.SEMANTIC_SEGMENTATION;
                        }),
                images);
    }

    private static ExchangeHeader header(ImageTask task) {
        List<ExchangeClass> classes = new ArrayList<>();
        NAMES.forEach(name -> classes.add(new ExchangeClass(name)));
        classes.set(
                0,
                new ExchangeClass(
                        "scratch",
                        "a line, longer than wide",
                        task == ImageTask.INSTANCE_SEGMENTATION
                                ? Optional.of(new Skeleton(List.of("from", "to"), List.of(new Joint(0, 1))))
                                : Optional.empty()));
        return new ExchangeHeader(task, classes);
    }

    private static ImageSize size(int i) {
        int orientation = 1 + i % 8;
        return orientation >= 5 ? new ImageSize(48, 64 + i) : new ImageSize(64 + i, 48);
    }

    private static ExchangedImage image(Path folder, int i, AnnotationValue value) {
        boolean isPng = i % 8 == 0;
        String name = "shot %d%s".formatted(i, isPng ? ".png" : ".jpg");
        byte[] bytes = isPng ? DrawnImages.png(64 + i, 48) : DrawnImages.jpeg(64 + i, 48, 1 + i % 8);
        Path file = DrawnImages.write(folder.resolve(name), bytes);
        return new ExchangedImage(
                i % 3 == 0 ? (EncodedSource.Stored) () -> bytes : new EncodedSource.InFile(file),
                name,
                Optional.of(size(i)),
                SPLITS[i % 4],
                i % 4 == 1 ? Map.of("camera", "3", "line; 2", "a=b, \"c\"") : Map.of(),
                i % 4 == 2 ? "board 17" : "",
                i == 23 ? Optional.empty() : Optional.of(value),
                i % 4 == 3 ? List.of(new PreFill(value, "detector 4")) : List.of());
    }

    private static Map<String, String> attributes(int k) {
        return k == 0 ? Map.of("colour", "red", "näher", "a \"b\" <c> & d=e") : Map.of();
    }

    private static Set<ObjectFlag> flags(int at) {
        return at % 5 == 4 ? Set.of() : Set.of(ObjectFlag.values()[at % 4]);
    }

    private static List<Keypoint> keypoints(String name, int k) {
        return k == 1 && name.equals("scratch")
                ? List.of(
                        new Keypoint("from", 3.25, 4.5, Keypoint.Visibility.VISIBLE),
                        new Keypoint("to", 30.125, 40, Keypoint.Visibility.HIDDEN))
                : List.of();
    }

    private static Shape shape(Content content, ImageSize size, Random random, int k, int count) {
        double x = 1 + random.nextDouble() * 8;
        double y = 1 + random.nextDouble() * 8;
        double w = 12 + random.nextDouble() * (size.width() - 30);
        double h = 12 + random.nextDouble() * (size.height() - 30);
        return switch (content) {
            case BOXES -> new BoxShape(x, y, w, h);
            case ROTATED_BOXES ->
                new RotatedBoxShape(
                        size.width() / 2.0 + x, size.height() / 2.0, w / 2, h / 2, random.nextInt(179) - 89.5);
            case POLYGONS -> new PolygonShape(List.of(ring(x, y, w, h)));
            case PARTS_AND_HOLES -> parts(k, x, y, w, h);
            case MASKS -> mask(size, parts(k, x, y, w, h));
            case SEMANTIC -> {
                double band = (double) size.height() / count;
                yield mask(size, new PolygonShape(List.of(ring(x, k * band, w, band - 1))));
            }
            case EVERYTHING -> shape(Content.values()[(k + random.nextInt(5)) % 5], size, random, k, count);
        };
    }

    private static PolygonShape parts(int k, double x, double y, double w, double h) {
        return k % 2 == 0
                ? new PolygonShape(List.of(ring(x, y, w, h), ring(x + w / 2, y + h / 3, w / 4, h / 4)))
                : new PolygonShape(List.of(ring(x, y, w / 3, h), ring(x + w / 2, y, w / 3, h)));
    }

    private static Ring ring(double x, double y, double w, double h) {
        return new Ring(List.of(x, y, x + w, y + h / 9, x + w - 1, y + h, x + w / 3, y + h - 2));
    }

    private static MaskShape mask(ImageSize size, PolygonShape polygon) {
        Mask mask = dev.fovea.datasets.exchange.shapes.Rings.mask(polygon, size);
        return MaskShape.of(mask);
    }
}
