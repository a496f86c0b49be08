package dev.fovea.datasets.formats;

import dev.fovea.datasets.FolderReader;
import dev.fovea.datasets.FolderReader.Listing;
import dev.fovea.datasets.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Detects and reads a classification data set from names, pairs and samples of files. Formats are a folder per class,
 * optionally below split folders or one level deeper; a label table; and Label Studio choices. Other contents are an
 * error that names them.
 */
public sealed interface ClassificationFolder {

    /**
     * Images with labels.
     *
     * @param listing the files, relative to the folder
     * @param notes interpretation of an ambiguous folder, each a sentence
     */
    record Labelled(Listing listing, List<String> notes) implements ClassificationFolder {
        public Labelled {
            notes = List.copyOf(notes);
        }
    }

    /**
     * Something that no classifier can learn from.
     *
     * @param sentence the recognized format, and what is supported
     */
    record Other(String sentence) implements ClassificationFolder {}

    /** Reads labels; {@code DATASET_INVALID} with the recognized format when there are none. */
    static Labelled read(Path folder) {
        return switch (recognise(folder)) {
            case Labelled labelled -> labelled;
            case Other(String sentence) -> throw BoxFitting.invalid(sentence);
        };
    }

    /** Recognises a folder; {@code DATASET_INVALID} when it is missing or unreadable. */
    static ClassificationFolder recognise(Path folder) {
        FolderReader.requireReadable(folder);
        return recognise(ImageIndex.of(folder));
    }

    /** Recognises a folder whose files are listed already. */
    static ClassificationFolder recognise(ImageIndex index) {
        return new Recognition(index).result();
    }

    /** The state of one recognition. */
    final class Recognition {

        private static final Set<String> STRUCTURE = Set.of(
                "images", "image", "imgs", "img", "jpegimages", "labels", "annotations", "imagesets", "masks", "data");

        private final Path folder;
        private final ImageIndex index;
        private final Path inner;
        private final List<String> notes = new ArrayList<>();

        private Recognition(ImageIndex index) {
            this.folder = index.root();
            this.index = index;
            this.inner = descended();
        }

        private ClassificationFolder result() {
            List<Path> classes = classFolders();
            Optional<DetectionFormat> boxes = DetectionFolder.recognise(index);
            long plain = classes.stream().filter(each -> !isStructure(each)).count();
            if (boxes.isPresent() && plain < 2) {
                return new Other(boxes(boxes.get()));
            }
            Set<Path> masks = MaskFolders.among(classes, index);
            List<Path> left =
                    classes.stream().filter(each -> !masks.contains(each)).toList();
            boolean isOneFolderOfImages =
                    left.stream().map(Recognition::name).distinct().count() < 2
                            && left.stream().allMatch(Recognition::isStructure);
            if (!masks.isEmpty() && isOneFolderOfImages) {
                return new Other(masks(masks, left));
            }
            Optional<ClassificationFolder> table =
                    plain < 2 ? LabelTable.of(index).or(() -> LabelStudioTasks.labels(index)) : Optional.empty();
            if (table.isPresent()) {
                return table.get();
            }
            if (isOneFolderOfImages && !index.images().isEmpty()) {
                return new Other(unlabelled());
            }
            masks.forEach(mask -> notes.add("%s contains masks of the images in other folders and was skipped."
                    .formatted(index.relative(mask))));
            boxes.ifPresent(format ->
                    notes.add("The folder also contains boxes (%s); they were ignored, and the folders are the classes."
                            .formatted(format.words())));
            if (!inner.equals(folder)) {
                notes.add("Class folders were read in %s.".formatted(index.relative(inner)));
            }
            return new Labelled(FolderReader.read(folder, inner, masks), notes);
        }

        /** Skips folders that contain one folder only, as in unpacked archives. */
        private Path descended() {
            Path at = folder;
            for (int depth = 0; depth < 3; depth++) {
                List<Path> folders = folders(at);
                boolean isWrapper = folders.size() == 1
                        && folders(folders.getFirst()).stream().anyMatch(this::hasImages)
                        && index.images().stream().noneMatch(isIn(folders.getFirst()))
                        && Split.ofFolder(name(folders.getFirst())).isEmpty()
                        && index.images().stream().noneMatch(isIn(at));
                if (!isWrapper) {
                    return at;
                }
                at = folders.getFirst();
            }
            return at;
        }

        private static java.util.function.Predicate<Path> isIn(Path folder) {
            return image -> folder.equals(image.getParent());
        }

        private boolean hasImages(Path folder) {
            return index.images().stream().anyMatch(image -> image.startsWith(folder));
        }

        /** Folders with images, where class folders would be. */
        private List<Path> classFolders() {
            List<Path> classes = new ArrayList<>();
            for (Path each : folders(inner)) {
                if (ImageIndex.splitOf(name(each)).isPresent()) {
                    classes.addAll(folders(each));
                } else {
                    classes.add(each);
                }
            }
            Set<Path> filled = new HashSet<>();
            for (Path image : index.images()) {
                for (Path up = image.getParent(); up != null && up.startsWith(inner); up = up.getParent()) {
                    filled.add(up);
                }
            }
            return classes.stream().filter(filled::contains).toList();
        }

        private static boolean isStructure(Path folder) {
            return STRUCTURE.contains(name(folder).toLowerCase(java.util.Locale.ROOT));
        }

        private static String name(Path folder) {
            return folder.getFileName().toString();
        }

        private static List<Path> folders(Path folder) {
            try (Stream<Path> entries = Files.list(folder)) {
                return entries.filter(Files::isDirectory)
                        .filter(each -> !name(each).startsWith("."))
                        .sorted()
                        .toList();
            } catch (IOException e) {
                return List.of();
            }
        }

        private String boxes(DetectionFormat format) {
            return "%s contains boxes (%s), and a classifier needs a folder of images per class. Train a detector: fovea train %s --name NAME --from MODEL (over the API a job of type train-detector). Use it with a detector: fovea evaluate MODEL --data %s, or fovea quantize MODEL --data %s."
                    .formatted(folder, format.words(), quoted(folder), quoted(folder), quoted(folder));
        }

        private String masks(Set<Path> masks, List<Path> images) {
            return "%s contains images with segmentation masks (%s), but train needs a folder of images per class. Use the images alone with: fovea quantize MODEL --data %s."
                    .formatted(
                            folder,
                            String.join(
                                    ", ",
                                    masks.stream().map(index::relative).sorted().toList()),
                            quoted(images.isEmpty() ? folder : images.getFirst()));
        }

        private String unlabelled() {
            return "%s contains %,d images without labels: none is in a class folder, and no CSV file or Label Studio export names their classes. Put the images of each class into a folder named like the class, or add labels.csv with the columns image,label. Without labels, use them with: fovea quantize MODEL --data %s."
                    .formatted(folder, index.images().size(), quoted(folder));
        }

        private static String quoted(Path path) {
            String text = path.toString();
            return text.matches("[\\w./@+=:,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
        }
    }
}
