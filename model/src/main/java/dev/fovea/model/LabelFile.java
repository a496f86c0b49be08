package dev.fovea.model;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A text file with one label per line, in the order of the output; empty lines do not count. */
public final class LabelFile {

    private LabelFile() {}

    /** {@code LABELS_MISMATCH} for a label with control characters, which no terminal or log should be given. */
    static List<String> requirePrintable(List<String> labels, String source) {
        for (int i = 0; i < labels.size(); i++) {
            if (!Printable.isPlain(labels.get(i))) {
                throw new FoveaException(
                        ErrorCode.LABELS_MISMATCH,
                        "%s: label %d \"%s\" holds control characters. Remove them."
                                .formatted(source, i + 1, Printable.word(labels.get(i))));
            }
        }
        return labels;
    }

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
            return requirePrintable(lines, path.toString());
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "%s cannot be read as text in UTF-8. Check the path and its rights.".formatted(path),
                    e);
        }
    }
}
