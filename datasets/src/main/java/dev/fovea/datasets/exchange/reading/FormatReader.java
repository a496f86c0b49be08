package dev.fovea.datasets.exchange.reading;

import dev.fovea.datasets.annotation.ImageTask;
import dev.fovea.datasets.exchange.model.ExchangeClass;
import dev.fovea.datasets.exchange.model.ExchangeFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the annotations of one format that was recognised in a folder. Coordinates are neither checked nor changed. */
public interface FormatReader {

    /** The format. */
    ExchangeFormat format();

    /** The classes that the data set lists, in its order; empty where it lists none. */
    List<ExchangeClass> classes();

    /** The task, where the format states it. */
    default Optional<ImageTask> task() {
        return Optional.empty();
    }

    /**
     * Whether there are polygons or masks, where the reader knows it of all images without reading them; a survey then
     * looks at the first images only. Such a reader has objects and no classes of whole images.
     */
    default Optional<Boolean> hasOutlines() {
        return Optional.empty();
    }

    /** The name of an image; empty for its path below the folders of the layout. */
    default Optional<String> name(Path file) {
        return Optional.empty();
    }

    /** The class numbers that were used while the images were read; empty where classes are named. */
    default Optional<ClassNumbers> classNumbers() {
        return Optional.empty();
    }

    /**
     * The images that are there, in the order of the files. May be called several times; the caller closes the stream.
     * Consumed by {@code forEach}, one image at a time is in memory.
     *
     * @throws dev.fovea.fault.FoveaException {@code DATASET_INVALID} with file and line where reading cannot go on
     */
    Stream<StatedImage> images(FindingCounter findings);
}
