package dev.fovea.datasets.exchange.reading;

import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.annotation.Shape.BoxShape;
import dev.fovea.datasets.annotation.Shape.MaskShape;
import dev.fovea.datasets.annotation.Shape.PolygonShape;
import dev.fovea.datasets.annotation.Shape.RotatedBoxShape;
import dev.fovea.datasets.exchange.model.ExchangeClass;
import dev.fovea.datasets.exchange.model.ExchangeHeader;
import dev.fovea.datasets.exchange.model.ImageHeaders;
import dev.fovea.datasets.exchange.model.ReadOptions;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageHeader;
import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.PreprocessingContract.Orientation;
import dev.fovea.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The first reading of a data set: its task, its classes, and the faults of the whole set, which are errors before
 * anything is imported. Sizes and coordinates are judged on the first images that have objects.
 */
final class Survey {

    private static final int SAMPLE = 2_000;
    private static final double MANY = 0.1;

    private final ReadOptions options;
    private final ImageHeaders headers = new ImageHeaders();
    private final BoxReadings readings;
    private final Set<String> names = new TreeSet<>();
    private int images;
    private int sampled;
    private int differing;
    private String firstDiffering = "";
    private boolean hasObjects;
    private boolean hasOutlines;
    private boolean hasLabels;
    private boolean hasSeveral;

    private Survey(ReadOptions options) {
        this.options = options;
        this.readings = new BoxReadings(options);
    }

    /** Surveys a data set; {@code DATASET_INVALID} or {@code ANNOTATION_INVALID} for a fault of the whole set. */
    static ExchangeHeader of(FormatReader reader, ReadOptions options) {
        Survey survey = new Survey(options);
        try (Stream<StatedImage> stated = reader.images(new FindingCounter())) {
            boolean isKnown = reader.hasOutlines().isPresent();
            // ends early where the rest says nothing new
            boolean _ = stated.peek(survey::add).anyMatch(image -> isKnown && survey.sampled == SAMPLE);
        }
        survey.hasOutlines |= reader.hasOutlines().orElse(false);
        return survey.header(reader);
    }

    private void add(StatedImage image) {
        images++;
        image.labels().ifPresent(this::add);
        image.preFills().forEach(fill -> add(fill.labels()));
        if (sampled < SAMPLE && !image.objects().isEmpty()) {
            sample(image);
        }
    }

    private void add(StatedLabels labels) {
        switch (labels) {
            case StatedLabels.OfImage(ClassLabels whole) -> {
                hasLabels = true;
                hasSeveral |= whole.classes().size() != 1;
                names.addAll(whole.classes());
            }
            case StatedLabels.OfObjects(List<StatedObject> objects) -> {
                hasObjects = true;
                for (StatedObject object : objects) {
                    names.add(object.name());
                    hasOutlines |= isOutline(object.shape());
                }
            }
        }
    }

    private static boolean isOutline(StatedShape stated) {
        return switch (stated) {
            case StatedShape.FourNumbers numbers -> false;
            case StatedShape.Corners corners -> false;
            case StatedShape.Drawn(PolygonShape polygon) -> true;
            case StatedShape.Drawn(MaskShape mask) -> true;
            case StatedShape.Drawn(BoxShape box) -> false;
            case StatedShape.Drawn(RotatedBoxShape box) -> false;
        };
    }

    private void sample(StatedImage image) {
        ImageHeader header;
        try {
            header = headers.read(image.file());
        } catch (IOException | FoveaException e) {
            return; // becomes a finding when the image is read
        }
        sampled++;
        ImageSize upright = ImageSize.of(header, Orientation.EXIF);
        ImageSize declared = image.frame().declared().orElse(upright);
        if (!declared.equals(upright) && !declared.equals(new ImageSize(header.width(), header.height()))) {
            differing++;
            if (firstDiffering.isEmpty()) {
                firstDiffering = "%s states objects for %d×%d pixels, and %s has %d×%d"
                        .formatted(
                                image.place(),
                                declared.width(),
                                declared.height(),
                                image.file(),
                                upright.width(),
                                upright.height());
            }
        }
        readings.add(image, declared);
    }

    private ExchangeHeader header(FormatReader reader) {
        if (images == 0) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "The data set (%s) names no image that is there. Put the images into the folder of the annotations. Nothing was imported."
                            .formatted(reader.format().title()));
        }
        if (!options.rescale() && differing > MANY * sampled) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "%s. The same holds for %,d of the first %,d images. Read them with --rescale, which scales the coordinates to the images, or export the annotations again. Nothing was imported."
                            .formatted(firstDiffering, differing, sampled));
        }
        readings.require();
        reader.classNumbers().ifPresent(numbers -> numbers.require(options.classShift()));
        options.task().ifPresent(task -> requireShapes(reader, task));
        List<ExchangeClass> classes = new ArrayList<>(reader.classes());
        Set<String> listed = new TreeSet<>();
        for (ExchangeClass each : classes) {
            if (!listed.add(each.name())) {
                throw new FoveaException(
                        ErrorCode.DATASET_INVALID,
                        "The data set (%s) states the class \"%s\" twice, perhaps with blanks around its name. Rename one of them. Nothing was imported."
                                .formatted(reader.format().title(), each.name()));
            }
        }
        names.stream()
                .filter(name -> !listed.contains(name))
                .map(ExchangeClass::new)
                .forEach(classes::add);
        return new ExchangeHeader(options.task().or(reader::task).orElseGet(this::task), classes);
    }

    /** Boxes are no outlines, and whole images have no boxes. */
    private void requireShapes(FormatReader reader, ImageTask task) {
        boolean isPoorer = hasObjects
                ? task.hasOutlines() && !hasOutlines && !names.isEmpty()
                : hasLabels && !task.isOfWholeImages() && !names.isEmpty();
        if (isPoorer) {
            throw new FoveaException(
                    ErrorCode.DATASET_INVALID,
                    "The annotations (%s) are for %s, and the task is %s. Use --task %s, or --format for other annotations of the same images. Nothing was imported."
                            .formatted(reader.format().title(), Json.word(task()), Json.word(task), Json.word(task())));
        }
    }

    private ImageTask task() {
        if (hasObjects || !hasLabels) {
            return hasOutlines ? ImageTask.INSTANCE_SEGMENTATION : ImageTask.DETECTION;
        }
        return hasSeveral ? ImageTask.MULTI_LABEL : ImageTask.CLASSIFICATION;
    }
}
