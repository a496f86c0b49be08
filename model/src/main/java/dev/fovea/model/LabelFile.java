package dev.fovea.model;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A text file with one label per line, in the order of the output; empty lines do not count. */
public final class LabelFile {

    private LabelFile() {}

    /** At least one label; {@code LABELS_MISMATCH} otherwise, {@code ARGUMENT_INVALID} if it cannot be read. */
    public static List<String> read(Path path) {
        try {
            List<String> lines = Files.readAllLines(path).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            if (lines.isEmpty()) {
                throw new FoveaException(
                        ErrorCode.LABELS_MISMATCH, "%s holds no label. Give one label per line.".formatted(path));
            }
            return lines;
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "%s cannot be read as text in UTF-8. Check the path and its rights.".formatted(path),
                    e);
        }
    }
}
