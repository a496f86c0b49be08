package dev.fovea.datasets.catalog;

import java.nio.file.Path;

/** Where the bytes of an image are. */
public sealed interface ImagePlace {

    /**
     * Part of a blob that holds many images.
     *
     * @param pack id of the blob
     * @param position of the first byte
     */
    record Packed(String pack, long position) implements ImagePlace {}

    /**
     * A file of the owner's, which stays where it is.
     *
     * @param file absolute
     * @param modifiedMicros when it was last modified, microseconds since 1970
     */
    record InPlace(Path file, long modifiedMicros) implements ImagePlace {}
}
