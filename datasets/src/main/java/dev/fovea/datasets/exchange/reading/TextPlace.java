package dev.fovea.datasets.exchange.reading;

import java.nio.file.Path;

/**
 * Where something is stated.
 *
 * @param line from 1; 0 for the whole file
 * @param entry what the file calls it, such as {@code annotation 17}; may be empty
 */
public record TextPlace(Path file, int line, String entry) {

    /** A line. */
    public TextPlace(Path file, int line) {
        this(file, line, "");
    }

    /** The place for messages. */
    @Override
    public String toString() {
        String place = line == 0 ? file.toString() : "line %d of %s".formatted(line, file);
        return entry.isEmpty() ? place : "%s (%s)".formatted(entry, place);
    }
}
