package dev.fovea.datasets.curation;

import dev.fovea.datasets.annotation.AnnotationValue;
import dev.fovea.datasets.catalog.ClassDefinition;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Images to add, which are read as they are consumed.
 *
 * @param classes that the annotations name
 * @param images the images; the caller closes the stream
 * @param total their number for the progress; 0 where it is unknown
 */
public record DatasetIntake(List<ClassDefinition> classes, Stream<IncomingImage> images, int total) {

    public DatasetIntake {
        classes = List.copyOf(classes);
    }

    /** The same images; those that are files are named by what they were copied from. */
    public DatasetIntake copiedFrom(Function<Path, String> origin) {
        return new DatasetIntake(
                classes,
                images.map(image ->
                        image.file().map(file -> image.from(origin.apply(file))).orElse(image)),
                total);
    }

    /** Some images, with the classes that they name. */
    public static DatasetIntake of(List<IncomingImage> incoming) {
        List<ClassDefinition> classes = incoming.stream()
                .map(IncomingImage::label)
                .flatMap(Optional::stream)
                .map(AnnotationValue::classes)
                .flatMap(List::stream)
                .distinct()
                .sorted()
                .map(ClassDefinition::named)
                .toList();
        return new DatasetIntake(classes, incoming.stream(), incoming.size());
    }
}
