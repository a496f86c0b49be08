package dev.fovea.datasets.exchange.writing;

import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.annotation.ClassLabels;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.annotation.ObjectLabels;
import dev.fovea.datasets.exchange.model.ExchangeFeature;
import dev.fovea.datasets.exchange.model.ExchangeFormat;
import dev.fovea.datasets.exchange.model.ExchangeHeader;
import dev.fovea.datasets.exchange.model.ExchangedImage;
import dev.fovea.datasets.exchange.model.ExportReport;
import dev.fovea.datasets.exchange.model.PreFill;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One export into a folder that does not exist yet or is empty. It is written beside it and renamed when it is
 * complete, so that a full disk or a damaged image leaves no half export.
 */
public final class ExportRun {

    private static final String NOTHING = "Nothing was written.";

    private final ExchangeFormat format;
    private final ExchangeHeader header;
    private final Set<String> classes;
    private final LossCounter losses;
    private final ExportNames names;
    private long images;
    private long leftOut;

    /** Makes the writer of the format. */
    @FunctionalInterface
    public interface WriterMaker {
        FormatWriter make(ExportFolder folder) throws IOException;
    }

    /** An export; {@code ARGUMENT_INVALID} when the format cannot say the task at all. */
    public ExportRun(ExchangeFormat format, ExchangeHeader header) {
        requireHolds(format, header.task());
        this.format = format;
        this.header = header;
        this.classes = new HashSet<>(header.names());
        this.losses = new LossCounter(format, header);
        this.names = new ExportNames(isFlat(format));
    }

    /** {@code ARGUMENT_INVALID} when a format cannot say a task at all. */
    public static void requireHolds(ExchangeFormat format, ImageTask task) {
        if (!format.holds(task)) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "%s cannot hold the task %s. Use one of %s."
                            .formatted(
                                    format.title(),
                                    dev.fovea.json.Json.word(task),
                                    String.join(
                                            ", ",
                                            ExchangeFormat.holding(task).stream()
                                                    .map(ExchangeFormat::word)
                                                    .toList())));
        }
    }

    private static boolean isFlat(ExchangeFormat format) {
        return switch (format) {
            case PASCAL_VOC, OPEN_IMAGES -> true;
            case FOLDERS, TABLE, COCO, YOLO, YOLO_SEGMENT, YOLO_OBB, CVAT, LABEL_STUDIO, DATUMARO, MASKS_PNG -> false;
        };
    }

    /**
     * Writes the images; consumed by {@code forEach}.
     *
     * @throws FoveaException {@code STATE_CONFLICT} when the folder is not empty; {@code STORAGE_FAILED} when it cannot
     *     be written; then nothing is there
     */
    public ExportReport run(Stream<ExchangedImage> stream, Path target, WriterMaker maker) {
        try (PartialExport partial = PartialExport.beside(target)) {
            try (ExportFolder folder = new ExportFolder(partial.folder(), turnsUpright())) {
                try (FormatWriter writer = maker.make(folder)) {
                    stream.forEach(image -> add(image, writer, folder));
                    folder.finish(); // before a format moves folders
                    writer.finish();
                }
                partial.publish();
                return new ExportReport(
                        target,
                        images,
                        folder.upright(),
                        names.renamed(),
                        leftOut,
                        losses.losses(),
                        convention(folder));
            }
        } catch (FoveaException e) {
            String message = String.valueOf(e.getMessage());
            throw message.endsWith(NOTHING) ? e : new FoveaException(e.code(), message + " " + NOTHING, e);
        } catch (IOException | UncheckedIOException e) {
            throw new FoveaException(
                    ErrorCode.STORAGE_FAILED,
                    "The export to %s failed: %s. Check the space and the permissions there. Nothing was written."
                            .formatted(target, reason(e)),
                    e);
        }
    }

    /** What went wrong, without names of types. */
    private static String reason(Exception e) {
        Throwable cause = e.getCause() instanceof IOException inner ? inner : e;
        return cause instanceof FileSystemException at && at.getReason() == null
                ? "%s cannot be made".formatted(at.getFile())
                : String.valueOf(cause.getMessage());
    }

    private void add(ExchangedImage image, FormatWriter writer, ExportFolder folder) {
        losses.add(image);
        image.value().ifPresent(value -> require(value, image.name()));
        if (isLeftOut(image)) {
            leftOut++;
            return;
        }
        try {
            String name = names.of(folder.nameOf(image), image);
            ExchangedImage sayable = new ExchangedImage(
                    image.source(),
                    name,
                    image.knownSize(),
                    image.split(),
                    image.tags(),
                    image.group(),
                    image.value().map(value -> Degradation.of(value, image.size(), format)),
                    format.says(ExchangeFeature.PRE_FILLS)
                            ? image.preFills().stream()
                                    .map(fill -> new PreFill(
                                            Degradation.of(fill.value(), image.size(), format), fill.model()))
                                    .toList()
                            : List.of());
            writer.add(sayable);
            images++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isLeftOut(ExchangedImage image) {
        return format == ExchangeFormat.FOLDERS
                && image.value().map(value -> value.classes().size() != 1).orElse(true);
    }

    private void require(AnnotationValue value, String name) {
        boolean isWhole = switch (value) {
            case ClassLabels labels -> true;
            case ObjectLabels labels -> false;
        };
        if (isWhole != header.task().isOfWholeImages()) {
            throw new FoveaException(
                    ErrorCode.ANNOTATION_INVALID,
                    "The annotation of %s does not fit the task %s. Correct it. Nothing was written."
                            .formatted(name, dev.fovea.json.Json.word(header.task())));
        }
        for (String each : value.classes()) {
            if (!classes.contains(each)) {
                throw new FoveaException(
                        ErrorCode.ANNOTATION_INVALID,
                        "The annotation of %s names the class \"%s\", which the data set does not have. Add it. Nothing was written."
                                .formatted(name, each));
            }
        }
    }

    /** Labels of whole images do not depend on the orientation. */
    private boolean turnsUpright() {
        return !format.appliesOrientation() && !header.task().isOfWholeImages();
    }

    private String convention(ExportFolder folder) {
        if (header.task().isOfWholeImages()) {
            return "Image files are as they were.";
        }
        if (!turnsUpright()) {
            return "Image files are as they were; coordinates are of the upright image, as readers of %s apply the EXIF orientation."
                    .formatted(format.title());
        }
        return "Coordinates are of the pixels as stored%s: %s."
                .formatted(
                        format == ExchangeFormat.PASCAL_VOC
                                ? ", edges from 0 with fractions as CVAT and Roboflow write them, not pixels from 1"
                                : "",
                        folder.upright() == 0
                                ? "no image has an EXIF orientation"
                                : "%,d images with an EXIF orientation were written upright"
                                        .formatted(folder.upright()));
    }
}
