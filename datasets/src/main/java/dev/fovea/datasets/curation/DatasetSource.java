package dev.fovea.datasets.curation;

import dev.fovea.datasets.FolderReader;
import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.catalog.ClassDefinition;
import dev.fovea.datasets.exchange.AnnotationFormats;
import dev.fovea.datasets.exchange.model.EncodedSource;
import dev.fovea.datasets.exchange.model.ExchangeReading;
import dev.fovea.datasets.exchange.model.ExchangedImage;
import dev.fovea.datasets.exchange.model.ReadFault;
import dev.fovea.datasets.exchange.model.ReadFinding;
import dev.fovea.datasets.exchange.model.ReadOptions;
import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.imaging.ImageFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A folder or annotation file whose images are to be added: in a format of annotations, or images alone. */
public sealed interface DatasetSource {

    /** What it is, for people. */
    String title();

    /** What its annotations say; empty for images alone. */
    Optional<ImageTask> task();

    /** Its images, read as they are consumed; the caller closes their stream. */
    DatasetIntake intake();

    /** Faults of single images and objects, complete when the images are consumed. */
    List<ReadFinding> findings();

    /**
     * Recognises a folder.
     *
     * @throws FoveaException {@code DATASET_INVALID} or {@code ANNOTATION_INVALID} with file, line and remedy, when the
     *     annotations are wrong as a whole or there are no images
     */
    static DatasetSource of(Path path, ReadOptions options) {
        Optional<ExchangeReading> known = options.format().isPresent()
                ? Optional.of(AnnotationFormats.read(path, options))
                : AnnotationFormats.readKnown(path, options);
        return known.isPresent() ? new AnnotatedImages(known.get()) : ImagesAlone.in(path);
    }

    /** Images with annotations in a known format. */
    record AnnotatedImages(ExchangeReading reading) implements DatasetSource {

        @Override
        public String title() {
            return reading.format().title();
        }

        @Override
        public Optional<ImageTask> task() {
            return Optional.of(reading.header().task());
        }

        @Override
        public DatasetIntake intake() {
            return new DatasetIntake(
                    reading.header().classes().stream()
                            .map(each -> ClassDefinition.defined(each.name(), each.definition()))
                            .toList(),
                    reading.images().map(AnnotatedImages::incoming),
                    0);
        }

        private static IncomingImage incoming(ExchangedImage image) {
            return new IncomingImage(
                    image.name(),
                    image.source()::read,
                    image.source() instanceof EncodedSource.InFile(Path file) ? Optional.of(file) : Optional.empty(),
                    image.split(),
                    Optional.of(image.group()).filter(group -> !group.isEmpty()),
                    new TreeMap<>(image.tags()),
                    image.value());
        }

        @Override
        public List<ReadFinding> findings() {
            return reading.findings();
        }
    }

    /** Images without annotations, in a folder and the folders below it. */
    record ImagesAlone(Path folder, List<Path> files, List<ReadFinding> findings) implements DatasetSource {

        static ImagesAlone in(Path folder) {
            FolderReader.requireReadable(folder);
            try (Stream<Path> found = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
                Map<Boolean, List<Path>> regular = found.filter(
                                file -> ImageFormat.looksLikeImage(file.toString()) && !Files.isDirectory(file))
                        .filter(file -> !folder.relativize(file).toString().startsWith("."))
                        .sorted()
                        .collect(Collectors.partitioningBy(Files::isRegularFile));
                List<Path> files = regular.getOrDefault(true, List.of());
                if (files.isEmpty()) {
                    throw new FoveaException(
                            ErrorCode.DATASET_INVALID,
                            "%s has no images and no annotations in a known format. Check the path; unpack the archives in it."
                                    .formatted(folder));
                }
                return new ImagesAlone(
                        folder,
                        files,
                        regular.getOrDefault(false, List.of()).stream()
                                .map(file -> new ReadFinding(
                                        ReadFault.IMAGE_UNREADABLE, 1, file.toString(), "perhaps a broken link"))
                                .toList());
            } catch (IOException | UncheckedIOException e) {
                throw new FoveaException(
                        ErrorCode.DATASET_INVALID,
                        "The folder %s cannot be read. Check its permissions.".formatted(folder),
                        e);
            }
        }

        @Override
        public String title() {
            return "images without annotations";
        }

        @Override
        public Optional<ImageTask> task() {
            return Optional.empty();
        }

        @Override
        public DatasetIntake intake() {
            return new DatasetIntake(List.of(), files.stream().map(this::incoming), files.size());
        }

        private IncomingImage incoming(Path file) {
            return file(folder, file);
        }

        /** A file without annotations, named by its path in the folder. */
        public static IncomingImage file(Path folder, Path file) {
            return new IncomingImage(
                    folder.relativize(file).toString(),
                    () -> Files.readAllBytes(file),
                    Optional.of(file),
                    Split.UNASSIGNED,
                    Optional.empty(),
                    new TreeMap<>(),
                    Optional.empty());
        }
    }
}
