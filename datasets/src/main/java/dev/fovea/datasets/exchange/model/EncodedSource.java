package dev.fovea.datasets.exchange.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the bytes of an encoded image are. */
public sealed interface EncodedSource {

    /** The whole file. */
    byte[] read() throws IOException;

    /** A file that stays as it is; an export links to it where the file system allows. */
    record InFile(Path file) implements EncodedSource {
        @Override
        public byte[] read() throws IOException {
            return Files.readAllBytes(file);
        }
    }

    /** Bytes that a store hands out. */
    @FunctionalInterface
    non-sealed interface Stored extends EncodedSource {}
}
