package dev.fovea.model;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A text file with one label per line, in the order of the output; empty lines do not count. Lines such as {@code N/A}
 * may occur more than once; they get their place in the order (from 0) as in {@code N/A (12)}.
 */
public final class LabelFile {

    private static final Set<String> PLACEHOLDERS = Set.of("n/a", "na", "none", "-", "???", "unused");

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

    /** COCO's and torchvision's lists have lines for indices that no class has, which are all called the same. */
    private static List<String> distinctPlaceholders(List<String> lines) {
        return IntStream.range(0, lines.size())
                .mapToObj(i -> PLACEHOLDERS.contains(lines.get(i).toLowerCase(Locale.ROOT))
                                && Collections.frequency(lines, lines.get(i)) > 1
                        ? "%s (%d)".formatted(lines.get(i), i)
                        : lines.get(i))
                .toList();
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
            return distinctPlaceholders(requirePrintable(lines, path.toString()));
        } catch (IOException e) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "%s cannot be read as text in UTF-8. Check the path and its rights.".formatted(path),
                    e);
        }
    }
}
