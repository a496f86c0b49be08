package dev.fovea.datasets.formats;

import dev.fovea.datasets.LabelledBoxes;
import dev.fovea.datasets.Split;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A detection data set in the format of another tool, which is detected. Boxes are in pixels of the upright image,
 * classes are indices of a model's labels.
 *
 * @param folder that was read
 * @param format that was recognised
 * @param classes the data set's class names; empty if it only numbers them
 * @param entries each image with its split, ordered by path
 * @param findings findings of reading
 */
public record DetectionFolder(
        Path folder,
        DetectionFormat format,
        List<String> classes,
        List<DetectionItem> entries,
        DetectionFindings findings) {

    /** An image, what it shows, and the split that the layout puts it in. */
    public record DetectionItem(LabelledBoxes labelled, Split split) {}

    public DetectionFolder {
        classes = List.copyOf(classes);
        entries = List.copyOf(entries);
    }

    /** Every image, ordered by path. */
    public List<LabelledBoxes> images() {
        return entries.stream().map(DetectionItem::labelled).toList();
    }

    /** The images of one split. */
    public List<LabelledBoxes> on(Split split) {
        return entries.stream()
                .filter(entry -> entry.split() == split)
                .map(DetectionItem::labelled)
                .toList();
    }

    /** The recognized format of the folder, as a sentence. */
    public String sentence() {
        int boxes = entries.stream()
                .mapToInt(entry -> entry.labelled().boxes().size())
                .sum();
        return "%s was read as %s: %,d images, %,d boxes.".formatted(folder, format.words(), entries.size(), boxes);
    }

    /** The format that {@link #read} detects; empty without boxes in a known format. */
    public static Optional<DetectionFormat> recognise(Path folder) {
        return recognise(ImageIndex.of(folder));
    }

    static Optional<DetectionFormat> recognise(ImageIndex index) {
        return reader(index).map(AnnotationReader::format);
    }

    /**
     * Reads a folder.
     *
     * @param folder the folder, or an annotation file in it ({@code data.yaml}, {@code instances_val2017.json})
     * @param labels of the evaluated model
     * @throws FoveaException {@code DATASET_INVALID} when no format is recognised, when an annotation is wrong (with
     *     file and line), or when most annotated images are missing; {@code LABELS_MISMATCH} when no class is a label
     *     of the model
     */
    public static DetectionFolder read(Path folder, List<String> labels) {
        AnnotationReader reader = reader(ImageIndex.of(root(folder))).orElseThrow(() -> unrecognised(folder));
        DetectionFindings.Counter counter = new DetectionFindings.Counter();
        ClassMapping classes = new ClassMapping(labels, reader.named());
        BoxFitting fitting = new BoxFitting(classes, counter);
        List<Annotated> annotated = reader.read(counter);
        requireMajority(folder, annotated.size(), counter);
        List<DetectionItem> entries = new ArrayList<>();
        for (Annotated each : annotated) {
            fitting.fit(each).ifPresent(labelled -> entries.add(new DetectionItem(labelled, each.split())));
        }
        classes.requireSome();
        return new DetectionFolder(
                folder, reader.format(), reader.classes(), entries, counter.findings(classes.unknown()));
    }

    /**
     * The classes that a folder's boxes are of, to learn them: those that it names, else their numbers from 0 on.
     *
     * @throws FoveaException {@code DATASET_INVALID} as {@link #read} does
     */
    public static List<String> classes(Path folder) {
        AnnotationReader reader = reader(ImageIndex.of(root(folder))).orElseThrow(() -> unrecognised(folder));
        if (reader.named()) {
            return reader.classes();
        }
        int most = reader.read(new DetectionFindings.Counter()).stream()
                .flatMap(annotated -> annotated.boxes().stream())
                .mapToInt(box -> Integer.parseInt(box.category()))
                .max()
                .orElse(-1);
        return IntStream.rangeClosed(0, most).mapToObj(Integer::toString).toList();
    }

    /** The folder of the images: that of an annotation file. */
    public static Path root(Path folder) {
        return Files.isRegularFile(folder) ? folder.toAbsolutePath().resolveSibling("") : folder;
    }

    /** Formats that name their classes go before numbers alone. */
    private static Optional<AnnotationReader> reader(ImageIndex index) {
        List<AnnotationReader> found = new ArrayList<>();
        CocoReader.of(index).ifPresent(found::add);
        VocReader.of(index).ifPresent(found::add);
        LabelStudioTasks.of(index).ifPresent(found::add);
        YoloReader.of(index).ifPresent(found::add);
        return found.stream()
                .filter(AnnotationReader::named)
                .findFirst()
                .or(() -> found.stream().findFirst());
    }

    private static void requireMajority(Path folder, int present, DetectionFindings.Counter counter) {
        if (present == 0 || counter.missing() > present) {
            throw BoxFitting.invalid(
                    "%s annotates %d images, and %d of them are missing, the first: %s. Put the images into the folder of the annotations."
                            .formatted(folder, present + counter.missing(), counter.missing(), counter.missingName()));
        }
    }

    private static FoveaException unrecognised(Path folder) {
        return new FoveaException(
                ErrorCode.DATASET_INVALID,
                "%s contains no boxes in a known format. Give YOLO (images/ and labels/), COCO JSON (annotations/instances_*.json), Pascal VOC (Annotations/*.xml) or a Label Studio export."
                        .formatted(folder));
    }
}
