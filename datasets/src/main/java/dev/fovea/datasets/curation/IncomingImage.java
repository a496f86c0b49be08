package dev.fovea.datasets.curation;

import dev.fovea.datasets.Split;
import dev.fovea.datasets.annotation.AnnotationValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An image that comes in.
 *
 * @param source where it comes from, for people: a path relative to its folder, a name in an archive
 * @param bytes reads the file
 * @param file where it is, if it is a file of its own
 * @param split {@code UNASSIGNED} where the source states none
 * @param group images of one group stay in one split
 * @param tags by name
 * @param label its annotation, if the source states one
 */
public record IncomingImage(
        String source,
        ImageBytes bytes,
        Optional<Path> file,
        Split split,
        Optional<String> group,
        SortedMap<String, String> tags,
        Optional<AnnotationValue> label) {

    /** Reads an encoded image. */
    @FunctionalInterface
    public interface ImageBytes {
        /** The file's bytes. */
        byte[] read() throws IOException;
    }

    public IncomingImage {
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }

    /** The same with further tags. */
    public IncomingImage with(SortedMap<String, String> further) {
        SortedMap<String, String> all = new TreeMap<>(tags);
        all.putAll(further);
        return new IncomingImage(source, bytes, file, split, group, all, label);
    }

    /** The same from elsewhere. */
    IncomingImage from(String other) {
        return new IncomingImage(other, bytes, file, split, group, tags, label);
    }
}
