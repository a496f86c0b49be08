package dev.fovea.datasets.exchange;

import dev.fovea.datasets.FolderReader;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.exchange.json.CocoFormatReader;
import dev.fovea.datasets.exchange.json.CocoFormatWriter;
import dev.fovea.datasets.exchange.json.DatumaroReader;
import dev.fovea.datasets.exchange.json.DatumaroWriter;
import dev.fovea.datasets.exchange.json.LabelStudioReader;
import dev.fovea.datasets.exchange.json.LabelStudioWriter;
import dev.fovea.datasets.exchange.masks.MaskFilesReader;
import dev.fovea.datasets.exchange.masks.MaskFilesWriter;
import dev.fovea.datasets.exchange.model.ExchangeFormat;
import dev.fovea.datasets.exchange.model.ExchangeHeader;
import dev.fovea.datasets.exchange.model.ExchangeReading;
import dev.fovea.datasets.exchange.model.ExchangedImage;
import dev.fovea.datasets.exchange.model.ExportReport;
import dev.fovea.datasets.exchange.model.Loss;
import dev.fovea.datasets.exchange.model.ReadOptions;
import dev.fovea.datasets.exchange.plain.ClassFoldersReader;
import dev.fovea.datasets.exchange.plain.ClassFoldersWriter;
import dev.fovea.datasets.exchange.plain.OpenImagesReader;
import dev.fovea.datasets.exchange.plain.OpenImagesWriter;
import dev.fovea.datasets.exchange.plain.TableReader;
import dev.fovea.datasets.exchange.plain.TableWriter;
import dev.fovea.datasets.exchange.plain.YoloFormatReader;
import dev.fovea.datasets.exchange.plain.YoloFormatWriter;
import dev.fovea.datasets.exchange.reading.FormatFolder;
import dev.fovea.datasets.exchange.reading.FormatReader;
import dev.fovea.datasets.exchange.reading.SurveyedReading;
import dev.fovea.datasets.exchange.writing.ExportFolder;
import dev.fovea.datasets.exchange.writing.ExportRun;
import dev.fovea.datasets.exchange.writing.FormatWriter;
import dev.fovea.datasets.exchange.writing.LossCounter;
import dev.fovea.datasets.exchange.xml.CvatReader;
import dev.fovea.datasets.exchange.xml.CvatWriter;
import dev.fovea.datasets.exchange.xml.VocFormatReader;
import dev.fovea.datasets.exchange.xml.VocFormatWriter;
import dev.fovea.datasets.formats.ImageIndex;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads and writes the annotation formats of other tools. */
public final class AnnotationFormats {

    private AnnotationFormats() {}

    /**
     * The format of a folder, or of an annotation file that lies with its images.
     *
     * @return empty when none is recognised
     * @throws FoveaException {@code DATASET_INVALID} when the path is not there or cannot be read
     */
    public static Optional<ExchangeFormat> recognise(Path path, ReadOptions options) {
        return reader(folder(path), options).map(FormatReader::format);
    }

    /**
     * Surveys a data set. Its images are read as they are consumed.
     *
     * @param path a folder, or an annotation file that lies with its images
     * @throws FoveaException {@code DATASET_INVALID} or {@code ANNOTATION_INVALID} when no format is recognised or for
     *     a fault of the whole set, with file, line and remedy; nothing has been handed out then
     */
    public static ExchangeReading read(Path path, ReadOptions options) {
        return readKnown(path, options).orElseThrow(() -> unrecognised(path));
    }

    /** The same, or empty when no format is recognised. */
    public static Optional<ExchangeReading> readKnown(Path path, ReadOptions options) {
        FormatFolder folder = folder(path);
        return reader(folder, options).map(reader -> new SurveyedReading(reader, folder, options));
    }

    /** What a format cannot say about some images; they are consumed. */
    public static List<Loss> losses(ExchangeFormat format, ExchangeHeader header, Stream<ExchangedImage> images) {
        ExportRun.requireHolds(format, header.task());
        LossCounter losses = new LossCounter(format, header);
        images.forEach(losses::add);
        return losses.losses();
    }

    /**
     * Writes images and annotations into a folder that is not there yet or is empty. It appears when it is complete.
     *
     * @throws FoveaException {@code ARGUMENT_INVALID} when the format cannot hold the task, {@code ANNOTATION_INVALID}
     *     when an annotation does not fit the header, {@code STATE_CONFLICT} when the folder is not empty,
     *     {@code STORAGE_FAILED} when it cannot be written; nothing is there then
     */
    public static ExportReport write(
            ExchangeFormat format, ExchangeHeader header, Stream<ExchangedImage> images, Path folder) {
        return new ExportRun(format, header).run(images, folder, into -> writer(format, header, into));
    }

    private static FormatWriter writer(ExchangeFormat format, ExchangeHeader header, ExportFolder folder)
            throws IOException {
        return switch (format) {
            case FOLDERS -> new ClassFoldersWriter(folder);
            case COCO -> new CocoFormatWriter(header, folder);
            case TABLE -> new TableWriter(header.task(), folder);
            case YOLO, YOLO_SEGMENT, YOLO_OBB -> new YoloFormatWriter(format, header.names(), folder);
            case PASCAL_VOC -> new VocFormatWriter(header.names(), folder);
            case CVAT -> new CvatWriter(header.names(), folder);
            case LABEL_STUDIO -> new LabelStudioWriter(header, folder);
            case DATUMARO -> new DatumaroWriter(header, folder);
            case MASKS_PNG -> new MaskFilesWriter(header.names(), folder);
            case OPEN_IMAGES -> new OpenImagesWriter(header, folder);
        };
    }

    private static FormatFolder folder(Path path) {
        if (Files.isRegularFile(path)) {
            Path file = path.toAbsolutePath();
            return new FormatFolder(ImageIndex.of(root(file)), Optional.of(file));
        }
        FolderReader.requireReadable(path);
        return new FormatFolder(ImageIndex.of(path), Optional.empty());
    }

    /** The images of {@code annotations/instances_train.json} lie beside the folder of the file. */
    private static Path root(Path file) {
        Path parent = file.resolveSibling("").toAbsolutePath().normalize();
        Path above = parent.getParent();
        boolean isForAnnotations = String.valueOf(parent.getFileName()).matches("(?i)annotations?|labels");
        return isForAnnotations && above != null ? above : parent;
    }

    /** The format that is stated, else the first that can hold the task, else the first. */
    private static Optional<FormatReader> reader(FormatFolder folder, ReadOptions options) {
        return options.task().isEmpty() || options.format().isPresent()
                ? readers(folder, options).findFirst()
                : readers(folder, options)
                        .filter(reader -> reader.format().holds(options.task().get()))
                        .findFirst()
                        .or(() -> readers(folder, options).findFirst());
    }

    private static Stream<FormatReader> readers(FormatFolder folder, ReadOptions options) {
        return Stream.<Recognition>of(
                        () -> CocoFormatReader.of(folder, options),
                        () -> VocFormatReader.of(folder),
                        () -> CvatReader.of(folder),
                        () -> LabelStudioReader.of(folder),
                        () -> DatumaroReader.of(folder),
                        () -> OpenImagesReader.of(folder),
                        () -> YoloFormatReader.of(folder, options),
                        () -> TableReader.of(folder),
                        () -> MaskFilesReader.of(folder),
                        () -> ClassFoldersReader.of(folder))
                .map(Recognition::reader)
                .flatMap(Optional::stream)
                .filter(reader -> options.format()
                        .map(format -> format == reader.format())
                        .orElse(reader.format() != ExchangeFormat.FOLDERS || isOfWholeImages(options)));
    }

    /** A folder per camera is no folder per class where objects are labelled. */
    private static boolean isOfWholeImages(ReadOptions options) {
        return options.task().map(ImageTask::isOfWholeImages).orElse(true);
    }

    /** One format's look at a folder. */
    private interface Recognition {
        Optional<FormatReader> reader();
    }

    private static FoveaException unrecognised(Path path) {
        return new FoveaException(
                ErrorCode.DATASET_INVALID,
                "%s contains no annotations in a known format. Give one of %s."
                        .formatted(
                                path,
                                Stream.of(ExchangeFormat.values())
                                        .map(ExchangeFormat::title)
                                        .distinct()
                                        .collect(Collectors.joining(", "))));
    }
}
