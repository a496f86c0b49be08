package dev.fovea.datasets.exchange.model;

import static dev.fovea.datasets.exchange.model.ExchangeFeature.*;

import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The formats that are read and written, with what each can say. */
public enum ExchangeFormat {
    /** A folder per class, below a folder per split where there are splits. */
    FOLDERS("folders", "a folder per class", true, EnumSet.of(SINGLE_LABEL, SPLITS)),
    /** A table of image and label; a row per label or box. */
    TABLE(
            "csv",
            "CSV",
            false,
            EnumSet.of(SINGLE_LABEL, MULTI_LABEL, SOFT_LABELS, BOXES, OVERLAPS, TAGS, GROUPS, SPLITS, UNLABELLED)),
    COCO(
            "coco",
            "COCO JSON",
            false,
            EnumSet.complementOf(EnumSet.of(SINGLE_LABEL, MULTI_LABEL, SOFT_LABELS, PRE_FILLS, QUESTION, EXAMPLES))),
    YOLO("yolo", "YOLO (detect)", true, EnumSet.of(BOXES, OVERLAPS, SPLITS, UNLABELLED, CLASS_ORDER)),
    YOLO_SEGMENT(
            "yolo-segment", "YOLO (segment)", true, EnumSet.of(POLYGONS, OVERLAPS, SPLITS, UNLABELLED, CLASS_ORDER)),
    YOLO_OBB(
            "yolo-obb",
            "YOLO (oriented boxes)",
            true,
            EnumSet.of(ROTATED_BOXES, OVERLAPS, SPLITS, UNLABELLED, CLASS_ORDER)),
    PASCAL_VOC(
            "voc",
            "Pascal VOC",
            false,
            EnumSet.of(
                    BOXES,
                    OVERLAPS,
                    ATTRIBUTES,
                    CROWD,
                    DIFFICULT,
                    TRUNCATED,
                    OCCLUDED,
                    SPLITS,
                    UNLABELLED,
                    CLASS_ORDER)),
    CVAT(
            "cvat",
            "CVAT for images 1.1",
            true,
            EnumSet.of(
                    SINGLE_LABEL,
                    MULTI_LABEL,
                    BOXES,
                    ROTATED_BOXES,
                    POLYGONS,
                    MASKS,
                    OVERLAPS,
                    ATTRIBUTES,
                    CROWD,
                    DIFFICULT,
                    TRUNCATED,
                    OCCLUDED,
                    SPLITS,
                    CLASS_ORDER)),
    LABEL_STUDIO(
            "label-studio",
            "Label Studio JSON",
            true,
            EnumSet.complementOf(EnumSet.of(
                    SOFT_LABELS, POLYGON_PARTS, POLYGON_HOLES, SEMANTIC, KEYPOINTS, SKELETONS, QUESTION, EXAMPLES))),
    DATUMARO(
            "datumaro",
            "Datumaro JSON",
            false,
            EnumSet.complementOf(
                    EnumSet.of(ROTATED_BOXES, POLYGON_HOLES, SEMANTIC, PRE_FILLS, DEFINITIONS, QUESTION, EXAMPLES))),
    /** Semantic masks as PNG files with a palette. */
    MASKS_PNG("masks", "mask PNG files", false, EnumSet.of(MASKS, SEMANTIC, SPLITS, UNLABELLED, CLASS_ORDER)),
    OPEN_IMAGES(
            "open-images",
            "Open Images CSV",
            false,
            EnumSet.of(SINGLE_LABEL, MULTI_LABEL, BOXES, OVERLAPS, CROWD, TRUNCATED, OCCLUDED, SPLITS, CLASS_ORDER));

    private final String word;
    private final String title;
    private final boolean appliesOrientation;
    private final Set<ExchangeFeature> features;

    ExchangeFormat(String word, String title, boolean appliesOrientation, Set<ExchangeFeature> features) {
        this.word = word;
        this.title = title;
        this.appliesOrientation = appliesOrientation;
        this.features = features;
    }

    /** Its name in commands and requests. */
    public String word() {
        return word;
    }

    /** Its name in messages. */
    public String title() {
        return title;
    }

    /**
     * Whether the usual readers of the format turn images upright by EXIF. If not, an export writes upright pixels.
     * Ultralytics, CVAT and browsers do; pycocotools with Pillow, torchvision and Datumaro do not.
     */
    public boolean appliesOrientation() {
        return appliesOrientation;
    }

    /** Whether its files list the images of the data set; else an image that is there belongs to it. */
    public boolean listsImages() {
        return switch (this) {
            case COCO, TABLE, PASCAL_VOC, CVAT, LABEL_STUDIO, DATUMARO, OPEN_IMAGES -> true;
            case FOLDERS, YOLO, YOLO_SEGMENT, YOLO_OBB, MASKS_PNG -> false;
        };
    }

    /** Whether the format can say it. */
    public boolean says(ExchangeFeature feature) {
        return features.contains(feature);
    }

    /** Whether annotations of a task can be written at all, if only as boxes. */
    public boolean holds(ImageTask task) {
        return switch (task) {
            case CLASSIFICATION -> says(SINGLE_LABEL);
            case MULTI_LABEL -> says(MULTI_LABEL);
            case DETECTION, INSTANCE_SEGMENTATION -> saysObjects() && this != MASKS_PNG;
            case SEMANTIC_SEGMENTATION -> saysObjects();
        };
    }

    private boolean saysObjects() {
        return says(BOXES) || says(ROTATED_BOXES) || says(POLYGONS) || says(MASKS);
    }

    /** The formats that hold a task. */
    public static List<ExchangeFormat> holding(ImageTask task) {
        return Arrays.stream(values()).filter(format -> format.holds(task)).toList();
    }

    /** A format by its name; {@code yolo} is the variant for the task. */
    public static ExchangeFormat named(String word, ImageTask task) {
        if (word.equals(YOLO.word)) {
            return switch (task) {
                case CLASSIFICATION, MULTI_LABEL -> FOLDERS;
                case DETECTION -> YOLO;
                case INSTANCE_SEGMENTATION, SEMANTIC_SEGMENTATION -> YOLO_SEGMENT;
            };
        }
        return Arrays.stream(values())
                .filter(format -> format.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new FoveaException(
                        ErrorCode.ARGUMENT_INVALID,
                        "There is no format \"%s\". Use one of %s."
                                .formatted(
                                        word,
                                        Arrays.stream(values())
                                                .map(ExchangeFormat::word)
                                                .collect(Collectors.joining(", ")))));
    }
}
