package dev.fovea.datasets.curation;

import dev.fovea.datasets.catalog.ClassDefinition;
import java.util.List;
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
}
